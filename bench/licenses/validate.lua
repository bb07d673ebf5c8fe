-- wrk -t1: validates. After "--": FILE, the activations that activate.lua wrote: each is asked about in turn, and answered with a lease.
-- Or after "--": SALES, a number: the keys of the sales 1 to SALES alone, answered without a lease.

dofile(os.getenv("BENCH_NAMES"))

local sales
local asked, sent = {}, -1
local yes = '"valid":true'

function init(args)
    sales = tonumber(args[1])
    if not sales then
        for sale, name, id in io.open(args[1]):read("*a"):gmatch("(%d+) (%S+) (%S+)\n") do
            asked[#asked + 1] = post(wrk.path, '{"key":"' .. key_of(tonumber(sale)) .. '","activation_id":"' .. id
                .. '","product":"studio","device":{"hash":"' .. hash_of(name) .. '"},"nonce":"AAAAAAAAAAAAAAAAAAAAAA"}')
        end
        assert(#asked > 0, "no activations in " .. args[1])
    end
end

function request()
    sent = sent + 1
    return sales and post(wrk.path, '{"key":"' .. key_of(spread(sent, sales)) .. '","product":"studio"}') or asked[spread(sent, #asked)]
end

function response(status, headers, body)
    if not (status == 200 and body:find(yes, 1, true) and (sales or body:find('"lease":"ey', 1, true))) then
        wrong = wrong + 1
    end
end
