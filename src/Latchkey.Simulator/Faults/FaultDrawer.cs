namespace Latchkey.Simulator.Faults;

/// <summary>
/// Draws what goes wrong. Every ping takes one number when it is scheduled and all its endpoints draw from that, so faults
/// depend on the seed and the order of scheduling only, and turning one dial leaves the draws of the others as they were.
/// </summary>
internal sealed class FaultDrawer(FaultDials dials, int? simulatorSeed)
{
    private readonly Lock _gate = new();
    private Random _pings = Seeded(dials.Seed ?? simulatorSeed);
    private FaultDials _dials = dials;

    /// <summary>In force for pings that are scheduled or fanned out from now on. Another seed starts the draws anew.</summary>
    public FaultDials Dials
    {
        get
        {
            lock (_gate)
            {
                return _dials;
            }
        }

        set
        {
            lock (_gate)
            {
                if (value.Seed != _dials.Seed)
                {
                    _pings = Seeded(value.Seed ?? simulatorSeed);
                }

                _dials = value;
            }
        }
    }

    /// <summary>The draws of the ping that is scheduled now.</summary>
    public PingFaults Next()
    {
        lock (_gate)
        {
            return new PingFaults(this, new Random(_pings.Next()));
        }
    }

    private static Random Seeded(int? seed) => seed is { } number ? new Random(number) : new Random();
}
