using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Writ.Governance.Organizations;

namespace Writ.Governance.Tools;

/// <summary>Names an MCP server, or another set of tools, inside an organization. A <see cref="Slug"/>; the default value is not one and is never accepted.</summary>
[JsonConverter(typeof(ParsableConverter<ServerSlug>))]
public readonly record struct ServerSlug : IParsable<ServerSlug>
{
    private readonly string? _value;

    private ServerSlug(string value) => _value = value;

    public static ServerSlug Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var parsed) ? parsed : throw new FormatException($"'{text}' is not a ServerSlug: expected {Slug.Rule}");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out ServerSlug result)
    {
        var valid = text is not null && Slug.IsValid(text);
        result = valid ? new ServerSlug(text!) : default;
        return valid;
    }

    public override string ToString() => _value ?? "";
}
