using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Writ.Server.OAuth;

/// <summary>What is asked of the token endpoint. A parameter that stands twice refuses all of it (RFC 6749 section 3.2); one that is not known is passed over.</summary>
internal sealed class TokenRequest
{
    private const string MediaType = "application/x-www-form-urlencoded";

    private static readonly FormOptions Limits = new() { ValueCountLimit = 64, KeyLengthLimit = 256, ValueLengthLimit = 64 << 10, BufferBodyLengthLimit = 64 << 10 };

    private readonly IFormCollection _form;

    private TokenRequest(IFormCollection form) => _form = form;

    public string? GrantType => this["grant_type"];

    /// <summary>The value of a parameter; null where it is missing or empty, which is the same (section 3.2).</summary>
    public string? this[string name] => _form.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;

    /// <summary>Reads the body; null where it is no form, or says something twice.</summary>
    public static async Task<TokenRequest?> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentType is not { } type || !type.Split(';')[0].Trim().Equals(MediaType, StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            var form = await new FormFeature(http.Request, Limits).ReadFormAsync(http.RequestAborted);
            return form.Any(parameter => parameter.Value.Count != 1) ? null : new TokenRequest(form);
        }
        catch (InvalidDataException)
        {
            return null; // more, or longer, than the limits
        }
    }
}
