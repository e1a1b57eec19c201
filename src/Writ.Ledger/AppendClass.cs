namespace Writ.Ledger;

/// <summary>Which room on a filling disk an append may use.</summary>
public enum AppendClass
{
    /// <summary>A record that something waits for permission on: refused once only the reserve is left.</summary>
    Ordinary,

    /// <summary>A control record, or the effect of a decision already made: may use the reserve.</summary>
    Reserved,
}
