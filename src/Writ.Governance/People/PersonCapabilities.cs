namespace Writ.Governance.People;

/// <summary>The words of capabilities.</summary>
public static class PersonCapabilities
{
    public static string Word(this PersonCapability capability) => capability switch
    {
        PersonCapability.Platform => "platform",
        PersonCapability.Security => "security",
        PersonCapability.App => "app",
        PersonCapability.Compliance => "compliance",
        _ => throw new ArgumentOutOfRangeException(nameof(capability), capability, null),
    };
}
