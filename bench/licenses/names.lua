-- Names that the load makes up and finds again: of a sale its license key, of a device its hash.

-- A key as Gumroad prints it on every sale. It opens the license as Latchkey's own does, and need not be asked for.
function key_of(sale)
    return string.format("BE9C4000-00000000-00000000-%08X", sale)
end

-- 43 characters of base64url, as a SHA-256 has.
function hash_of(name)
    return "dev" .. string.rep("0", 40 - #name) .. name
end

-- Spreads the numbers 0, 1, 2, … evenly over the sales 1 to count; the stride is a prime.
function spread(number, count)
    return number * 7368787 % count + 1
end

function post(path, body)
    return "POST " .. path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port
        .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function get(path, token)
    return "GET " .. path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\nAuthorization: Bearer " .. token .. "\r\n\r\n"
end

wrong = 0 -- replies that are not what was asked for
local only

function setup(thread)
    assert(only == nil, "run it with -t1: the numbers are those of one thread")
    only = thread
end

-- result REQUESTS SECONDS P50_US P99_US NOT_2XX FAILED
function done(summary, latency, requests)
    local e = summary.errors
    print(string.format("result %d %.3f %d %d %d %d", summary.requests, summary.duration / 1e6,
        latency:percentile(50), latency:percentile(99), math.max(e.status, only:get("wrong")), e.connect + e.read + e.write + e.timeout))
end
