using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Tools;

namespace Writ.Gateways.Points;

/// <summary>
/// What a decision point is told: who acts, on what, with which arguments, in AuthZEN's four members, for Open Policy Agent inside
/// <c>input</c>. No name stands twice among the properties and the context, so that a Writ can be asked too. Claims, other facts and
/// credentials are not among it.
/// </summary>
internal static class QuestionBody
{
    /// <summary>The longest question, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The body; null where it would be longer than is sent.</summary>
    public static ReadOnlyMemory<byte>? Of(PointQuestion question)
    {
        if (question.Arguments.Canonical.Length > MaxBytes)
            return null;
        var bytes = new ArrayBufferWriter<byte>(1024 + question.Arguments.Canonical.Length);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            if (question.Point.Kind == DecisionPointKind.Opa)
                writer.WriteStartObject("input"u8);
            Write(writer, question);
            if (question.Point.Kind == DecisionPointKind.Opa)
                writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return bytes.WrittenCount <= MaxBytes ? bytes.WrittenMemory : null;
    }

    private static void Write(Utf8JsonWriter writer, PointQuestion question)
    {
        var (facts, tool) = (question.Request.Facts, question.Request.Tool!);
        writer.WriteStartObject("subject"u8);
        writer.WriteString("type"u8, question.Point.SubjectType);
        writer.WriteString("id"u8, facts.Agent.Id.ToString());
        writer.WriteStartObject("properties"u8);
        Text(writer, "name"u8, facts.Agent.Name);
        Text(writer, "team"u8, facts.Agent.Team.ToString());
        Text(writer, "version"u8, facts.Agent.Version);
        Text(writer, "environment"u8, facts.Agent.Environment);
        writer.WriteEndObject();
        writer.WriteEndObject();

        writer.WriteStartObject("action"u8);
        writer.WriteString("name"u8, tool.ActionName);
        writer.WriteStartObject("properties"u8);
        if (tool.Classification is { } classified)
        {
            writer.WriteString("effect"u8, classified.Effect.Word());
            Text(writer, "capability"u8, classified.Capability);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();

        writer.WriteStartObject("resource"u8);
        writer.WriteString("type"u8, "tool"u8);
        writer.WriteString("id"u8, $"{tool.Server}/{tool.Name}");
        writer.WriteEndObject();

        writer.WriteStartObject("context"u8);
        writer.WritePropertyName("args"u8);
        writer.WriteRawValue(question.Arguments.Canonical.Span, skipInputValidation: true);
        if (facts.Task.User is { } user)
            Text(writer, "on_behalf_of"u8, user.Value);
        writer.WriteString("organization"u8, facts.Organization.ToString());
        writer.WriteString("task"u8, facts.Task.Id.ToString());
        writer.WriteString("time"u8, facts.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    /// <summary>Text that need not be Unicode: half of a surrogate pair becomes U+FFFD.</summary>
    private static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string text) => writer.WriteString(name, Encoding.UTF8.GetBytes(text));
}
