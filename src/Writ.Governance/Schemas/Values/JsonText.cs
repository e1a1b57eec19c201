using System.Text.Json;

namespace Writ.Governance.Schemas.Values;

/// <summary>
/// The text of JSON strings and names, null where it is no Unicode: a lone surrogate in an escape, or bytes that are not UTF-8. An exception is the
/// only way System.Text.Json tells of these.
/// </summary>
internal static class JsonText
{
    public static string? Of(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
