using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Writ.Server.Api;

/// <summary>Says where a request could not be read and why, in the caller's words: names of Writ's own types stay inside.</summary>
internal static partial class UnreadableBody
{
    private const int MaxQuoted = 200;

    public static string Explain(BadHttpRequestException problem) => problem switch
    {
        { InnerException: JsonException json } => $"The body is not what this route takes, at {Cut(json.Path ?? "$")}, line {json.LineNumber + 1}: {Reason(json.Message)}",
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => "The body is longer than this route takes.",
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => "The body is application/json.",
        { StatusCode: StatusCodes.Status408RequestTimeout } => "The body came too slowly.",
        _ => "A parameter or the body is missing or is not what this route takes.",
    };

    /// <summary>The serializer words its own message for members that say of which kind a thing is.</summary>
    public static string Explain(NotSupportedException problem) =>
        $"The body is not what this route takes, at {(Located().Match(problem.Message) is { Success: true } at ? Cut(at.Groups[1].Value) : "$")}: the member 'type' is missing or names no kind that is known";

    private static string Reason(string message) =>
        Unknown().Match(message) is { Success: true } unknown ? $"'{Cut(unknown.Groups[1].Value)}' is not a member here"
        : Missing().Match(message) is { Success: true } missing ? $"missing: {Cut(missing.Groups[1].Value)}"
        : Twice().Match(message) is { Success: true } twice ? $"'{Cut(twice.Groups[1].Value)}' stands twice"
        : message.Contains("Writ.", StringComparison.Ordinal) || message.Contains("System.", StringComparison.Ordinal) ? "the value is not one that is taken here"
        : Cut(message.Split(" Path:")[0]);

    private static string Cut(string text) => text.Length <= MaxQuoted ? text : text[..MaxQuoted] + "…";

    [GeneratedRegex("^The JSON property '(.*)' could not be mapped", RegexOptions.Singleline)]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: (.*?)\\.( Path:|$)", RegexOptions.Singleline)]
    private static partial Regex Missing();

    [GeneratedRegex("^Duplicate property '(.*)' encountered", RegexOptions.Singleline)]
    private static partial Regex Twice();

    [GeneratedRegex(" Path: (\\S+)")]
    private static partial Regex Located();
}
