-- wrk: the sales of sales.lua, each followed by its refund or its dispute.

dofile(os.getenv("BENCH_SALES"))

local sale = request
local told, number = nil, 0

local function later(request)
    number = number + 1
    if number % 2 == 0 then
        request = request:gsub("refunded=false", "refunded=true"):gsub("resource_name=sale", "resource_name=refund")
    else
        request = request:gsub("resource_name=sale", "resource_name=dispute"):gsub("disputed=false", "disputed=true")
    end
    local head, body = request:match("^(.-\r\n\r\n)(.*)$")
    return head:gsub("Content%-Length: %d+", "Content-Length: " .. #body) .. body
end

function request()
    if told then
        local second = later(told)
        told = nil
        return second
    end
    told = sale()
    return told
end
