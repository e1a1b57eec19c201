namespace Writ.Server.Configuration;

/// <summary>A setting of any type, as lists of them need it.</summary>
internal interface ISetting
{
    /// <summary>The dotted path in the file.</summary>
    string Key { get; }

    /// <summary>What a value looks like, to finish the sentence "expected …".</summary>
    string Expected { get; }

    /// <summary>The environment variable of the same setting.</summary>
    string Variable => "WRIT_" + Key.Replace('.', '_').ToUpperInvariant();
}
