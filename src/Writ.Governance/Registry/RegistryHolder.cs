using Writ.Governance.Controls;

namespace Writ.Governance.Registry;

/// <summary>The registry as it stands. Readers take one immutable picture; the control service is the one writer. Thread safe.</summary>
public sealed class RegistryHolder
{
    private volatile Registry _current = Registry.Empty;

    public Registry Current => _current;

    /// <summary>Folds one more record in. Only the control service calls this, one record at a time.</summary>
    internal void Apply(ControlRecord record) => _current = _current.Apply(record);
}
