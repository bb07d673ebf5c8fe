namespace Latchkey.Contracts.Keys;

/// <summary>What became of a typed key: the key, or which rule failed.</summary>
public abstract record KeyReading
{
    private KeyReading()
    {
    }

    /// <summary>The key is well formed. Whether it exists, only the server knows.</summary>
    public sealed record Ok(LicenseKey Key) : KeyReading;

    /// <summary>No prefix of this product: perhaps a key of another one.</summary>
    public sealed record WrongPrefix : KeyReading;

    /// <summary>Not 25 symbols after the prefix.</summary>
    /// <param name="Symbols">How many there were.</param>
    public sealed record WrongLength(int Symbols) : KeyReading;

    /// <summary>A symbol that no key has.</summary>
    /// <param name="Position">Its place after the prefix, counted from 1, without spaces and hyphens.</param>
    /// <param name="Symbol">What stood there, in upper case.</param>
    public sealed record BadSymbol(int Position, char Symbol) : KeyReading;

    /// <summary>Everything looks right, but the check symbols say that something was mistyped.</summary>
    public sealed record CheckMismatch : KeyReading;
}
