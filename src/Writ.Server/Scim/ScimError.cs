using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Writ.Governance.Controls;

namespace Writ.Server.Scim;

/// <summary>An error as RFC 7644, section 3.12, has it. What it says may leave the process.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The keyword of the RFC; null where it has none.</param>
/// <param name="Detail">What is wrong, for people.</param>
internal sealed record ScimError(int Status, string? Type, string Detail)
{
    private const int MaxQuoted = 100;

    public static ScimError BadValue(string detail) => new(StatusCodes.Status400BadRequest, "invalidValue", detail);

    public static ScimError BadSyntax(string detail) => new(StatusCodes.Status400BadRequest, "invalidSyntax", detail);

    public static ScimError BadPath(string detail) => new(StatusCodes.Status400BadRequest, "invalidPath", detail);

    public static ScimError BadFilter(string detail) => new(StatusCodes.Status400BadRequest, "invalidFilter", detail);

    public static ScimError NoTarget(string detail) => new(StatusCodes.Status400BadRequest, "noTarget", detail);

    public static ScimError NotMutable(string name) => new(StatusCodes.Status400BadRequest, "mutability", $"{name} is for Writ alone to say");

    public static ScimError Taken(string detail) => new(StatusCodes.Status409Conflict, "uniqueness", detail);

    public static ScimError NotFound() => new(StatusCodes.Status404NotFound, null, "There is no such resource.");

    public static ScimError Outdated() => new(StatusCodes.Status412PreconditionFailed, null, "The resource is another version than If-Match names: read it again.");

    /// <summary>What a control action that did not simply succeed looks like; null where it took effect and is recorded.</summary>
    public static ScimError? Of(ControlOutcome outcome) => outcome switch
    {
        ControlOutcome.Done => null,
        ControlOutcome.NotAllowed refused => new(StatusCodes.Status403Forbidden, null, refused.Cause),
        ControlOutcome.Invalid invalid => new(StatusCodes.Status409Conflict, null, invalid.Cause),
        ControlOutcome.NotRecorded => new(StatusCodes.Status503ServiceUnavailable, null, "Nothing changed: the ledger could not take the record. Send it again."),
        ControlOutcome.InForceUnrecorded => new(StatusCodes.Status503ServiceUnavailable, null, "It is in force; its record waits for the ledger. Send it again."),
        _ => throw new InvalidOperationException($"a directory was answered with {outcome}"),
    };

    /// <summary>Somebody else's words, short enough to repeat.</summary>
    public static string Cut(string text) => text.Length <= MaxQuoted ? text : text[..MaxQuoted] + "…";

    public IResult ToResult()
    {
        var json = new JsonObject { ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:Error"), ["status"] = Status.ToString(System.Globalization.CultureInfo.InvariantCulture), ["detail"] = Detail };
        if (Type is not null)
            json["scimType"] = Type;
        return new ScimResult(Status, json);
    }
}
