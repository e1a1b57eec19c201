using System.Globalization;
using System.Net;
using System.Text;

namespace Writ.Identity.HttpSignatures;

/// <summary>The bytes that a signature is over (RFC 9421 section 2.5).</summary>
internal static class SignatureBase
{
    /// <summary>Makes the base; anything but <see cref="SignatureFault.None"/> where a component has no one value in the message.</summary>
    public static SignatureFault TryMake(SignedMessage message, IReadOnlyList<SignatureComponent> components, string parameters, out byte[] bytes)
    {
        bytes = [];
        var text = new StringBuilder(512);
        foreach (var component in components)
        {
            var fault = TryFind(message, component, out var value);
            if (fault != SignatureFault.None)
                return fault;
            // Nothing that could begin a line of its own, and nothing that has two encodings.
            if (!value.All(character => character is '\t' or (>= ' ' and <= '~')))
                return SignatureFault.UnknownComponent;
            text.Append(component).Append(": ").Append(value).Append('\n');
        }

        text.Append("\"@signature-params\": ").Append(parameters);
        bytes = Encoding.ASCII.GetBytes(text.ToString());
        return SignatureFault.None;
    }

    private static SignatureFault TryFind(SignedMessage message, SignatureComponent component, out string value)
    {
        value = "";
        // Section 2.4: a part of the request that a response answers.
        if (component.Item.Parameters is [("req", BareItem.Flag { Value: true })])
            return message.Request is { } request ? TryFind(request, SignatureComponent.Of(component.Name), out value) : SignatureFault.UnknownComponent;
        if (component.Name.StartsWith('@'))
            return TryDerive(message, component, out value);
        if (component.Name.Length == 0 || component.Name.AsSpan().ContainsAnyInRange('A', 'Z'))
            return SignatureFault.UnknownComponent;
        var lines = message.Field(component.Name);
        if (lines.Count == 0)
            return SignatureFault.MissingComponent;
        value = string.Join(", ", lines.Select(line => (line ?? "").Trim(' ', '\t')));
        if (component.IsPlain)
            return SignatureFault.None;
        // Section 2.1.2: one member of a dictionary.
        if (component.Item.Parameters is not [("key", BareItem.Text { Value: var key })] || !FieldReader.TryReadDictionary(value, 64, out var members))
            return SignatureFault.UnknownComponent;
        var member = members.FirstOrDefault(other => other.Key == key).Value;
        value = member?.ToString() ?? "";
        return member is null ? SignatureFault.MissingComponent : SignatureFault.None;
    }

    // Section 2.2.
    private static SignatureFault TryDerive(SignedMessage message, SignatureComponent component, out string value)
    {
        value = "";
        if (component.Name == "@query-param")
            return component.Item.Parameters is [("name", BareItem.Text { Value: var name })] ? TryFindQuery(message, name, out value) : SignatureFault.UnknownComponent;
        if (!component.IsPlain)
            return SignatureFault.UnknownComponent;
        var mark = message.Target?.IndexOf('?') ?? -1;
        var derived = component.Name switch
        {
            "@method" => message.Method,
            "@scheme" => message.Scheme,
            "@authority" => Authority(message),
            "@target-uri" => Authority(message) is { } authority && message.Target is { } target ? $"{message.Scheme}://{authority}{target}" : null,
            "@request-target" => message.Target,
            "@path" => mark < 0 ? message.Target : message.Target![..mark],
            "@query" => message.Target is null ? null : mark < 0 ? "?" : message.Target[mark..],
            "@status" => message.Status?.ToString(CultureInfo.InvariantCulture),
            _ => "",
        };
        value = derived ?? "";
        return derived is null ? SignatureFault.MissingComponent : derived.Length == 0 ? SignatureFault.UnknownComponent : SignatureFault.None;
    }

    // Section 2.2.3: in lower case, without the port that the scheme has anyhow.
    private static string? Authority(SignedMessage message)
    {
        if (message.Authority is not { Length: > 0 } authority)
            return null;
        var host = authority.ToLowerInvariant();
        var usual = message.Scheme == "https" ? ":443" : ":80";
        return host.EndsWith(usual, StringComparison.Ordinal) ? host[..^usual.Length] : host;
    }

    // Section 2.2.8: of a name that stands twice there is no one value.
    private static SignatureFault TryFindQuery(SignedMessage message, string name, out string value)
    {
        value = "";
        var found = 0;
        var mark = message.Target?.IndexOf('?') ?? -1;
        foreach (var pair in mark < 0 ? [] : message.Target![(mark + 1)..].Split('&'))
        {
            var equals = pair.IndexOf('=');
            if (Recoded(equals < 0 ? pair : pair[..equals]) != name)
                continue;
            value = equals < 0 ? "" : Recoded(pair[(equals + 1)..]);
            found++;
        }

        return found == 1 ? SignatureFault.None : SignatureFault.MissingComponent;
    }

    private static string Recoded(string part) => Uri.EscapeDataString(WebUtility.UrlDecode(part));
}
