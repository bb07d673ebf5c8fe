using Latchkey.AspNetCore.GumroadPings;
using Latchkey.Gumroad.Events;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning); // it would log ?token=
builder.Services.AddGumroadPings<Members>(options => options.Token = builder.Configuration["Gumroad:Token"]);

var app = builder.Build();
app.MapGumroadPings("/gumroad");
app.Run();

internal sealed class Members : GumroadPingHandler
{
    public override Task OnSaleAsync(SaleEvent sale, CancellationToken ct) =>
        Console.Out.WriteLineAsync($"{sale.SaleId}: {sale.Quantity} x {sale.ProductName} for {sale.PriceUsdCents} US cents");

    public override Task OnRefundAsync(RefundEvent refund, CancellationToken ct) =>
        Console.Out.WriteLineAsync($"{refund.SaleId}: refunded, {(refund.Refunded == true ? "all of it" : "in part")}");
}
