using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Shadows;

/// <summary>What control actions about shadow agents make of an organization.</summary>
internal static class ShadowChanges
{
    /// <summary>Whether a text could be the name of one.</summary>
    public static bool IsName(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    public static OrganizationState Dismiss(this OrganizationState state, ShadowAgentDismissed dismissed, ControlRecord record)
    {
        if (!IsName(dismissed.Id))
            throw new InvalidDataException("a shadow agent is named by 32 hexadecimal digits");
        var by = record.By.Person ?? throw new InvalidDataException("a shadow agent is dismissed by a person");
        var known = state.DismissedShadows;
        if (known.Count >= DismissedShadow.MostOfAnOrganization && !known.ContainsKey(dismissed.Id))
            known = known.Remove(known.OrderBy(one => one.Value.At).ThenBy(one => one.Key, StringComparer.Ordinal).First().Key);
        return state with { DismissedShadows = known.SetItem(dismissed.Id, new DismissedShadow(by, Timestamp.FromMicroseconds(record.At), dismissed.Reason)) };
    }
}
