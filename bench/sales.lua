-- wrk: posts sales as Gumroad writes them, about 1.2 kB each, every one with a sale_id of its own.
-- After "--" comes RUN, six of [A-Za-z0-9], which keeps the ids of runs apart.
-- Prints one line at the end: result REQUESTS SECONDS P50_US P99_US NOT_2XX FAILED

local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

local head, before_email, before_order, before_sale, tail, prefix
local sent = 0

function init(args)
    assert(args[1] and args[1]:match("^%w%w%w%w%w%w$"), "RUN must be six letters or digits")
    prefix = args[1] .. string.format("%02d", number)

    before_email = "seller_id=7lR_y_Sk2ZkQJWz6F1AYkg%3D%3D&product_id=8F_LHPDdm1JxZGU-reMQVQ%3D%3D&product_name=Keyboard%20Wizard"
        .. "&permalink=kbdwiz&product_permalink=https%3A%2F%2Finkwellapps.gumroad.com%2Fl%2Fkbdwiz&short_product_id=kbdwiz&email=buyer"
    before_order = "%40example.org&price=4900&gumroad_fee=540&currency=usd&quantity=1&discover_fee_charged=false&can_contact=true"
        .. "&referrer=https%3A%2F%2Fwww.example.com%2Freviews%2Fkeyboard-wizard&card%5Bvisual%5D=%2A%2A%2A%2A%20%2A%2A%2A%2A%20%2A%2A%2A%2A%204242"
        .. "&card%5Btype%5D=visa&card%5Bbin%5D=&card%5Bexpiry_month%5D=&card%5Bexpiry_year%5D=&order_number="
    before_sale = "&sale_id="
    tail = "%3D%3D&sale_timestamp=2026-03-14T09%3A26%3A53Z&full_name=Mara%20Ito&purchaser_id=2944534898501"
        .. "&url_params%5Border%5D=Zm9vYmFyYmF6cXV4&url_params%5Butm_source%5D=newsletter&variants%5BVersion%5D=Pro"
        .. "&offer_code=spring26&Company%20name=Ito%20Typesetting&custom_fields%5BCompany%20name%5D=Ito%20Typesetting"
        .. "&license_key=EF8F9E9E-1BF44E7C-AEA6B1CA-67C9D311&ip_country=Japan&affiliate=partner%40example.net"
        .. "&is_gift_receiver_purchase=false&refunded=false&resource_name=sale&disputed=false&dispute_won=false"

    -- Every number below has a fixed width, so the length is the same for all.
    local length = #(before_email .. before_order .. before_sale .. tail) + 8 + 9 + 22
    head = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port
        .. "\r\nContent-Type: application/x-www-form-urlencoded\r\nAccept: */*\r\nUser-Agent: Ruby\r\nContent-Length: " .. length .. "\r\n\r\n"
end

function request()
    sent = sent + 1
    return head .. before_email .. string.format("%08d", sent) .. before_order .. string.format("%09d", 100000000 + sent)
        .. before_sale .. prefix .. string.format("-_%012d", sent) .. tail
end

function done(summary, latency, requests)
    local e = summary.errors
    print(string.format("result %d %.3f %d %d %d %d", summary.requests, summary.duration / 1e6,
        latency:percentile(50), latency:percentile(99), e.status, e.connect + e.read + e.write + e.timeout))
end
