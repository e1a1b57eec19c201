namespace Writ.Governance.People;

/// <summary>The words of capabilities.</summary>
public static class PersonCapabilities
{
    /// <summary>Whether it can be held for the agents of one team alone.</summary>
    public static bool IsOfTeams(this PersonCapability capability) => capability is PersonCapability.Platform or PersonCapability.App;

    public static string Word(this PersonCapability capability) => capability switch
    {
        PersonCapability.Platform => "platform",
        PersonCapability.Security => "security",
        PersonCapability.App => "app",
        PersonCapability.Compliance => "compliance",
        PersonCapability.DataProtection => "data_protection",
        PersonCapability.Product => "product",
        _ => throw new ArgumentOutOfRangeException(nameof(capability), capability, null),
    };
}
