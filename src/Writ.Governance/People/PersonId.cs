using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Writ.Governance.Organizations;

namespace Writ.Governance.People;

/// <summary>Names a person inside an organization. A <see cref="Slug"/>; the default value is not one and is never accepted.</summary>
[JsonConverter(typeof(ParsableConverter<PersonId>))]
public readonly record struct PersonId : IParsable<PersonId>
{
    private readonly string? _value;

    private PersonId(string value) => _value = value;

    public static PersonId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var parsed) ? parsed : throw new FormatException($"'{text}' is not a PersonId: expected {Slug.Rule}");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out PersonId result)
    {
        var valid = text is not null && Slug.IsValid(text);
        result = valid ? new PersonId(text!) : default;
        return valid;
    }

    public override string ToString() => _value ?? "";
}
