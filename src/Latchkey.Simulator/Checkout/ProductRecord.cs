namespace Latchkey.Simulator.Checkout;

/// <summary>A product on the shelf. The description is replaced as a whole when the seller changes it, under the ledger's lock.</summary>
internal sealed class ProductRecord(SimulatedProduct product)
{
    public SimulatedProduct Product { get; set; } = product;

    public bool IsDeleted { get; set; }
}
