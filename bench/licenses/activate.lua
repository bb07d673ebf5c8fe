-- wrk -t1: activates devices, each new, spread over the licenses of the sales 1 to SALES. After "--": RUN SALES FILE.
-- Each activation that was granted is appended to FILE, as: SALE DEVICE ACTIVATION.

dofile(os.getenv("BENCH_NAMES"))

local run, sales, file
local sent = -1

function init(args)
    run, sales, file = args[1], tonumber(args[2]), assert(io.open(args[3], "a"))
end

function request()
    sent = sent + 1
    local sale = spread(sent, sales)
    local name = string.format("%s-%07d-%07d", run, sent, sale)
    return post(wrk.path, '{"key":"' .. key_of(sale) .. '","product":"studio","device":{"hash":"' .. hash_of(name) .. '","name":"' .. name
        .. '","platform":"win","app_version":"2.1"},"nonce":"AAAAAAAAAAAAAAAAAAAAAA"}')
end

function response(status, headers, body)
    local id, name = body:match('"activation":{"id":"(act_%w+)","name":"([^"]+)"')
    if status == 201 and id then
        file:write(tonumber(name:sub(-7)), " ", name, " ", id, "\n")
    else
        wrong = wrong + 1
    end
end
