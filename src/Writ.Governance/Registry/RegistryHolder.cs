namespace Writ.Governance.Registry;

/// <summary>The registry as it stands. Readers take one immutable picture; the control service is the one writer. Thread safe.</summary>
public sealed class RegistryHolder
{
    private volatile Registry _current = Registry.Empty;

    public Registry Current => _current;

    /// <summary>Something has changed. Raised under the writer's lock: a handler only takes note of it.</summary>
    internal event Action? Changed;

    /// <summary>What holds from now on. Only the control service calls this, under its own lock.</summary>
    internal void Become(Registry next)
    {
        _current = next;
        Changed?.Invoke();
    }
}
