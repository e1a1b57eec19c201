using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.NamedFacts;
using Writ.Governance.Records;

namespace Writ.Governance.Decisions;

/// <summary>What the agent wrote, as it is sealed in the vault: the only place where it stands in full.</summary>
internal static class DecisionPayload
{
    public static void WriteTo(JcsWriter writer, ActionRequest request, DecisionDetails details, ImmutableArray<NamedFact> facts, Hash256 salt)
    {
        writer.BeginObject();
        writer.Key("arguments"u8);
        writer.Canonical(request.Arguments.Canonical.Span);
        writer.Member("arguments_salt"u8, salt);
        if (request.Facts.Asserted.ValueKind == JsonValueKind.Object && Jcs.TryCanonicalize(request.Facts.Asserted, out var asserted, out _))
        {
            writer.Key("asserted"u8);
            writer.Canonical(asserted);
        }

        var rationale = request.Facts.Report?.Rationale;
        if (request.Facts.Claims.Any || request.Facts.Task.Claims.Any || rationale is not null)
        {
            writer.Key("claims"u8);
            writer.BeginObject();
            Optional(writer, "agent_version"u8, request.Facts.Claims.AgentVersion ?? request.Facts.Task.Claims.AgentVersion);
            Optional(writer, "on_behalf_of"u8, request.Facts.Claims.OnBehalfOf ?? request.Facts.Task.Claims.OnBehalfOf);
            Optional(writer, "purpose"u8, request.Facts.Claims.Purpose ?? request.Facts.Task.Claims.Purpose);
            Optional(writer, "rationale"u8, rationale);
            writer.EndObject();
        }

        if (details.Effective is { } effective && effective.Digest != request.Arguments.Digest)
        {
            writer.Key("effective"u8);
            writer.Canonical(effective.Canonical.Span);
        }

        if (!facts.IsEmpty)
            FactRecord.WriteValuesTo(writer, facts);
        if (details.Remedy is { } remedy)
        {
            writer.Key("remedy"u8);
            writer.Canonical(remedy.Arguments.Canonical.Span);
        }

        writer.Member("server"u8, request.Server.ToString());
        WriteText(writer, "tool"u8, request.ToolName);
        Optional(writer, "user"u8, request.Facts.Task.User?.Value);
        if (request.Facts.Task.UserFacts is { } user && Jcs.TryCanonicalize(JsonSerializer.SerializeToElement(user.ToJson()), out var said, out _))
        {
            writer.Key("user_facts"u8);
            writer.Canonical(said);
        }

        writer.EndObject();
    }

    private static void Optional(JcsWriter writer, ReadOnlySpan<byte> key, string? value)
    {
        if (value is not null)
            WriteText(writer, key, value);
    }

    /// <summary>Text of the agent's, which need not be Unicode: a lone surrogate becomes U+FFFD.</summary>
    private static void WriteText(JcsWriter writer, ReadOnlySpan<byte> key, string text)
    {
        writer.Key(key);
        writer.String(Encoding.UTF8.GetBytes(text));
    }
}
