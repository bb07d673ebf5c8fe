# Draws what run.sh measured as SVG: one panel for each kind, purchases along a logarithmic axis, what is done a second up from zero.
# Each line of input: STORE SIZE KIND PER_SECOND. Colors go with a light page and a dark one.

function x_of(size) { return lowest == highest ? WIDE / 2 : (log(size) - log(lowest)) / (log(highest) - log(lowest)) * WIDE }

function y_of(rate, top) { return HIGH - rate / top * HIGH }

# The next of 1, 2, 2.5, 5 times a power of ten.
function round_up(value,    power) {
    power = 10 ^ int(log(value) / log(10) + 1e-9)
    return value <= power ? power : value <= 2 * power ? 2 * power : value <= 2.5 * power ? 2.5 * power : value <= 5 * power ? 5 * power : 10 * power
}

function short(value) { return value >= 1e6 ? value / 1e6 " M" : value >= 1e3 ? value / 1e3 " k" : value "" }

function text(x, y, anchor, class, words) {
    printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>\n", x, y, anchor, class, words
}

function panel(kind, left, top_y,    i, s, most, top, points, size, rate, x, y) {
    most = 1
    for (s = 1; s <= stores; s++) for (i = 1; i <= sizes; i++) {
        rate = value[store[s], size_at[i], kind]
        if (rate > most) most = rate
    }
    top = round_up(most)
    printf "<g transform=\"translate(%d %d)\">\n", left, top_y
    text(0, -14, "start", "title", LABEL[kind])
    for (i = 0; i <= 2; i++) {
        y = y_of(top * i / 2, top)
        printf "<path class=\"grid\" d=\"M0 %.1fH%d\"/>\n", y, WIDE
        text(-8, y + 4, "end", "small", short(top * i / 2))
    }
    for (i = 1; i <= sizes; i++) text(x_of(size_at[i]), HIGH + 18, "middle", "small", short(size_at[i]))
    for (s = 1; s <= stores; s++) {
        points = ""
        for (i = 1; i <= sizes; i++) points = points sprintf("%s%.1f,%.1f", i > 1 ? " " : "", x_of(size_at[i]), y_of(value[store[s], size_at[i], kind], top))
        printf "<polyline class=\"line %s\" points=\"%s\"/>\n", store[s], points
        for (i = 1; i <= sizes; i++) {
            size = size_at[i]
            x = x_of(size)
            y = y_of(value[store[s], size, kind], top)
            printf "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s, %d purchases: %d a second</title></circle>\n", \
                store[s], x, y, NAME[store[s]], size, value[store[s], size, kind]
        }
    }
    print "</g>"
}

BEGIN {
    WIDE = 190; HIGH = 110; COLUMN = 260; ROW = 180
    LABEL["ingest"] = "pings stored a second"
    LABEL["fold"] = "stored and folded a second"
    LABEL["activate"] = "devices activated a second"
    LABEL["validate"] = "leases renewed a second"
    LABEL["list"] = "pages of 20 a second"
    NAME["sqlite"] = "SQLite"; NAME["postgres"] = "PostgreSQL"
}

NF == 4 {
    if (!($1 in known)) { known[$1]; store[++stores] = $1 }
    if (!($2 in seen)) { seen[$2]; size_at[++sizes] = $2 + 0 }
    if (!($3 in drawn)) { drawn[$3]; kind[++kinds] = $3 }
    value[$1, $2 + 0, $3] = $4
}

END {
    if (kinds == 0) exit 1
    lowest = size_at[1]; highest = size_at[sizes]
    width = 3 * COLUMN + 20; height = int((kinds + 2) / 3) * ROW + 50
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"What Latchkey does a second as purchases pile up, over SQLite and PostgreSQL\">\n", width, height, width, height
    print "<style>"
    print "text { font: 12px system-ui, sans-serif; fill: #57606a }"
    print ".title { font-weight: 600; font-size: 13px; fill: #1f2328 }"
    print ".small { font-size: 11px }"
    print ".grid { stroke: #8c959f; stroke-opacity: .35; fill: none }"
    print ".line { fill: none; stroke-width: 2 }"
    print ".sqlite { stroke: #0969da } .dot.sqlite { fill: #0969da }"
    print ".postgres { stroke: #bc4c00 } .dot.postgres { fill: #bc4c00 }"
    print ".page { fill: #ffffff }"
    print "@media (prefers-color-scheme: dark) {"
    print "text { fill: #9198a1 } .title { fill: #f0f6fc } .page { fill: #0d1117 }"
    print ".sqlite { stroke: #58a6ff } .dot.sqlite { fill: #58a6ff }"
    print ".postgres { stroke: #f0883e } .dot.postgres { fill: #f0883e }"
    print "}"
    print "</style>"
    printf "<rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n", width, height
    for (i = 1; i <= kinds; i++) panel(kind[i], 50 + (i - 1) % 3 * COLUMN, 40 + int((i - 1) / 3) * ROW)
    x = 50; y = height - 18
    for (s = 1; s <= stores; s++) {
        printf "<path class=\"line %s\" d=\"M%d %dh22\"/><circle class=\"dot %s\" cx=\"%d\" cy=\"%d\" r=\"3.5\"/>\n", store[s], x, y, store[s], x + 11, y
        text(x + 30, y + 4, "start", "", NAME[store[s]])
        x += 120
    }
    text(width - 30, y + 4, "end", "small", "along: purchases stored, a logarithmic axis")
    print "</svg>"
}
