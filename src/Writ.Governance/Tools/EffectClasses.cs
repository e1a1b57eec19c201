namespace Writ.Governance.Tools;

/// <summary>What follows from an effect class.</summary>
public static class EffectClasses
{
    /// <summary>The word used in policies, records and configuration.</summary>
    public static string Word(this EffectClass effect) => effect switch
    {
        EffectClass.Read => "read",
        EffectClass.Fetch => "fetch",
        EffectClass.Write => "write",
        EffectClass.Egress => "egress",
        EffectClass.Money => "money",
        EffectClass.Credential => "credential",
        EffectClass.Destroy => "destroy",
        EffectClass.Execute => "execute",
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, null),
    };

    /// <summary>Reads a word; anything else is refused.</summary>
    public static bool TryParse(string? word, out EffectClass effect)
    {
        foreach (var candidate in Enum.GetValues<EffectClass>())
        {
            if (candidate.Word() == word)
            {
                effect = candidate;
                return true;
            }
        }

        effect = default;
        return false;
    }

    /// <summary>Whether a door waits until the record of what happened is durable before it answers the agent.</summary>
    public static bool AwaitsItsEffectRecord(this EffectClass effect) =>
        effect is EffectClass.Money or EffectClass.Credential or EffectClass.Destroy or EffectClass.Egress;
}
