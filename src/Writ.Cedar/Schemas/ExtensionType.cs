namespace Writ.Cedar.Schemas;

/// <summary>The types that Cedar calls extensions.</summary>
public enum ExtensionType
{
    /// <summary><c>decimal</c></summary>
    Decimal,

    /// <summary><c>ipaddr</c></summary>
    Ipaddr,

    /// <summary><c>datetime</c></summary>
    Datetime,

    /// <summary><c>duration</c></summary>
    Duration,
}
