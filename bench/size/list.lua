-- wrk -t1: reads pages of lists. After "--": TOKEN FILE; FILE has one path on each line, asked for in turn.

dofile(os.getenv("BENCH_NAMES"))

local asked, sent = {}, 0

function init(args)
    for path in io.lines(args[2]) do
        asked[#asked + 1] = get(path, args[1])
    end
end

function request()
    sent = sent + 1
    return asked[sent % #asked + 1]
end

function response(status, headers, body)
    if not (status == 200 and body:find('"data":[{', 1, true)) then
        wrong = wrong + 1
    end
end
