using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Writ.Governance.Organizations;

/// <summary>Names an organization: the tenant that every entity, record, key, query and stream belongs to. A <see cref="Slug"/>; the default value is not one and is never accepted.</summary>
[JsonConverter(typeof(ParsableConverter<OrganizationId>))]
public readonly record struct OrganizationId : IParsable<OrganizationId>
{
    private readonly string? _value;

    private OrganizationId(string value) => _value = value;

    public static OrganizationId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var parsed) ? parsed : throw new FormatException($"'{text}' is not a OrganizationId: expected {Slug.Rule}");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out OrganizationId result)
    {
        var valid = text is not null && Slug.IsValid(text);
        result = valid ? new OrganizationId(text!) : default;
        return valid;
    }

    public override string ToString() => _value ?? "";
}
