-- wrk -t1: the sales FIRST to LAST, each once and each with a buyer and a license key of its own; ends by itself when all are stored.
-- After "--": FIRST LAST CONNECTIONS. Prints: sold COUNT SECONDS ID, from the first
-- request to the last reply, with the id of that last ping.

local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long ns; } moment; int clock_gettime(int clock, moment *at);")
dofile(os.getenv("BENCH_SALES"))
dofile(os.getenv("BENCH_NAMES"))

local make_sale, prepare = request, init
local next_sale, last, count, stored, rehearsed, begun, idle
local parts = {}

local function seconds()
    local at = ffi.new("moment")
    ffi.C.clock_gettime(1, at)
    return tonumber(at.s) + tonumber(at.ns) / 1e9
end

function init(args)
    number = 0
    prepare({ "sizes1" })
    next_sale, last = tonumber(args[1]), tonumber(args[2])
    count, stored = last - next_sale + 1, 0

    -- One sale of sales.lua, cut where each is to differ. What is put in has the same length, so Content-Length stays true.
    local sale = make_sale()
    for _, place in ipairs({ "email=buyer", "order_number=1", "sale_id=sizes100%-_0000", "license_key=" }) do
        local _, cut = sale:find(place)
        parts[#parts + 1] = sale:sub(1, cut)
        sale = sale:sub(cut + 1):gsub(place == "license_key=" and "^[%x%-]+" or "^%d+", "")
    end
    parts[#parts + 1] = sale
    idle = get("/health/live", "none")
end

function request()
    if not rehearsed then
        rehearsed = true -- wrk asks once to see what a request looks like, and does not send it
        return idle
    end
    begun = begun or seconds()
    local n = next_sale
    if n > last then
        return idle -- until the last sales are answered
    end
    next_sale = n + 1
    local number = string.format("%08d", n)
    return parts[1] .. number .. parts[2] .. number .. parts[3] .. number .. parts[4] .. key_of(n) .. parts[5]
end

function response(status, headers, body)
    if body:find('"received":true', 1, true) then
        stored = stored + 1
        if stored == count then
            print(string.format("sold %d %.6f %s", count, seconds() - begun, body:match("png_%w+")))
            os.exit(0)
        end
    elseif body ~= "alive" then
        print("a sale was answered with " .. status)
        os.exit(1)
    end
end
