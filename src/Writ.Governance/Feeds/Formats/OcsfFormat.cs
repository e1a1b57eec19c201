using System.Globalization;
using System.Text;
using System.Text.Json;
using Writ.Crypto.Hashing;

namespace Writ.Governance.Feeds.Formats;

/// <summary>
/// A record as an event of OCSF 1.8.0: class API Activity (6003) with the profiles security_control, ai_operation and trace where they apply.
/// <c>raw_data</c> is the record byte for byte, so that a proof can be checked where the event ends up.
/// </summary>
internal static class OcsfFormat
{
    private const string Version = "1.8.0";
    private const int ClassUid = 6003;
    private const int Sha256 = 3;

    /// <summary>What the schema has no place for, as the record names it.</summary>
    private static readonly string[] Unmapped = ["agent_version", "environment", "owner", "started_by", "effect", "task", "task_root", "workflow", "capability", "amount", "escalation", "cause", "result"];

    private static readonly string[] UnmappedLists = ["rules", "constraints", "risk_tags", "data_classes"];

    public static void Write(Utf8JsonWriter to, OutgoingRecord record)
    {
        var verdict = OcsfVerdict.Of(record);
        var activity = OcsfActivity.Of(record);
        to.WriteStartObject();
        to.WriteNumber("category_uid"u8, 6);
        to.WriteString("category_name"u8, "Application Activity"u8);
        to.WriteNumber("class_uid"u8, ClassUid);
        to.WriteString("class_name"u8, "API Activity"u8);
        to.WriteNumber("activity_id"u8, activity.Id);
        to.WriteString("activity_name"u8, activity.Name);
        to.WriteNumber("type_uid"u8, (ClassUid * 100) + activity.Id);
        to.WriteNumber("time"u8, record.At?.ToUnixTimeMilliseconds() ?? 0);
        verdict.WriteTo(to);
        if (record.Word("code") is { } code || (code = record.Word("error")) is not null)
            to.WriteString("status_code"u8, code);
        if (record.Word("detail") is { } detail)
            to.WriteString("status_detail"u8, detail);
        to.WriteString("message"u8, Message(record));
        WriteMetadata(to, record, verdict);
        WriteActor(to, record);
        WriteApi(to, record);
        to.WriteStartObject("src_endpoint"u8);
        to.WriteString("svc_name"u8, record.Word("door") ?? "writ");
        to.WriteEndObject();
        WriteResources(to, record);
        WriteProfiles(to, record);
        WriteUnmapped(to, record);
        to.WriteString("raw_data"u8, record.Bytes.Span);
        to.WriteNumber("raw_data_size"u8, record.Bytes.Length);
        to.WriteStartObject("raw_data_hash"u8);
        to.WriteNumber("algorithm_id"u8, Sha256);
        to.WriteString("algorithm"u8, "SHA-256"u8);
        to.WriteString("value"u8, Hash256.Of(record.Bytes.Span).ToHex());
        to.WriteEndObject();
        to.WriteEndObject();
    }

    /// <summary>Whether the model is known by more than that nobody stated it.</summary>
    internal static bool HasModel(OutgoingRecord record) => record.Word("model") is { Length: > 0 } and not "unstated";

    private static void WriteMetadata(Utf8JsonWriter to, OutgoingRecord record, OcsfVerdict verdict)
    {
        to.WriteStartObject("metadata"u8);
        to.WriteString("version"u8, Version);
        to.WriteStartObject("product"u8);
        to.WriteString("name"u8, "Writ"u8);
        to.WriteString("vendor_name"u8, "Writ"u8);
        to.WriteEndObject();
        to.WriteString("uid"u8, string.Create(CultureInfo.InvariantCulture, $"{record.Origin}#{record.Index}"));
        to.WriteNumber("sequence"u8, record.Index);
        to.WriteString("log_name"u8, record.Origin);
        to.WriteString("event_code"u8, record.ControlKind ?? record.Kind);
        if (record.Origin.Split('/') is [_, var organization, _])
            to.WriteString("tenant_uid"u8, organization);
        if (record.Word("decision") is { } decision || (decision = record.Kind == "decision" ? record.Word("id") : null) is not null)
            to.WriteString("correlation_uid"u8, decision);
        to.WriteStartArray("profiles"u8);
        if (verdict.IsControl)
            to.WriteStringValue("security_control"u8);
        if (HasModel(record))
            to.WriteStringValue("ai_operation"u8);
        if (record.Word("trace") is not null)
            to.WriteStringValue("trace"u8);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    /// <summary>1.8.0 has no agent of this kind among its objects: the agent is the application, the user it acts for the user.</summary>
    private static void WriteActor(Utf8JsonWriter to, OutgoingRecord record)
    {
        var user = record.Word("person") ?? record.ControlPerson ?? (record.Word("subject") is { } subject && subject.StartsWith("user/", StringComparison.Ordinal) ? subject : null);
        to.WriteStartObject("actor"u8);
        if (record.Word("agent") is { } agent)
            to.WriteString("app_uid"u8, agent);
        else if (user is null)
            to.WriteString("app_name"u8, "Writ"u8);
        if (user is not null)
        {
            to.WriteStartObject("user"u8);
            to.WriteString("uid"u8, user);
            to.WriteEndObject();
        }

        if (record.Word("instance") is { } instance)
        {
            to.WriteStartObject("session"u8);
            to.WriteString("uid"u8, instance);
            to.WriteEndObject();
        }

        to.WriteEndObject();
    }

    private static void WriteApi(Utf8JsonWriter to, OutgoingRecord record)
    {
        to.WriteStartObject("api"u8);
        to.WriteString("operation"u8, record.Word("action") ?? record.ControlKind ?? record.Kind);
        if (record.Word("server") is { } server)
        {
            to.WriteStartObject("service"u8);
            to.WriteString("name"u8, server);
            to.WriteEndObject();
        }

        if (record.Word("decision") is { } request || (request = record.Word("id")) is not null)
        {
            to.WriteStartObject("request"u8);
            to.WriteString("uid"u8, request);
            to.WriteEndObject();
        }

        to.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter to, OutgoingRecord record)
    {
        if (record.Word("action") is not { } action)
            return;
        to.WriteStartArray("resources"u8);
        to.WriteStartObject();
        to.WriteString("uid"u8, action);
        to.WriteString("name"u8, record.Word("tool") ?? action);
        to.WriteString("type"u8, "tool"u8);
        to.WriteEndObject();
        to.WriteEndArray();
    }

    private static void WriteProfiles(Utf8JsonWriter to, OutgoingRecord record)
    {
        if (record.Word("snapshot") is { } snapshot)
        {
            to.WriteStartObject("policy"u8);
            to.WriteString("uid"u8, snapshot);
            if (record.Words("rules") is [var rule, ..])
                to.WriteString("name"u8, rule);
            to.WriteBoolean("is_applied"u8, true);
            to.WriteEndObject();
        }

        if (HasModel(record))
        {
            var model = record.Word("model")!;
            var slash = model.IndexOf('/', StringComparison.Ordinal);
            to.WriteStartObject("ai_model"u8);
            to.WriteString("name"u8, model[(slash + 1)..]);
            to.WriteString("ai_provider"u8, slash > 0 ? model[..slash] : "unstated");
            to.WriteEndObject();
        }

        if (record.Word("trace") is { } trace)
        {
            to.WriteStartObject("trace"u8);
            to.WriteString("uid"u8, trace);
            to.WriteEndObject();
        }
    }

    private static void WriteUnmapped(Utf8JsonWriter to, OutgoingRecord record)
    {
        to.WriteStartObject("unmapped"u8);
        foreach (var member in Unmapped)
        {
            if (record.Word(member) is { } word)
                to.WriteString(member, word);
        }

        foreach (var member in UnmappedLists)
        {
            var words = record.Words(member);
            if (words.IsEmpty)
                continue;
            to.WriteStartArray(member);
            foreach (var word in words)
                to.WriteStringValue(word);
            to.WriteEndArray();
        }

        to.WriteEndObject();
    }

    private static string Message(OutgoingRecord record)
    {
        var words = new StringBuilder(record.ControlKind ?? record.Kind);
        foreach (var member in (string[])["outcome", "status", "answer", "action", "cause"])
        {
            if (record.Word(member) is { } word)
                words.Append(' ').Append(word);
        }

        return words.ToString();
    }
}
