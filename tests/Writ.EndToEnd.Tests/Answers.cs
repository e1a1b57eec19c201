using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>Reads answers the way the tests speak of them.</summary>
internal static class Answers
{
    /// <summary>A string member, or null.</summary>
    public static string? Word(this JsonNode node, string member) => node[member]?.GetValue<string>();

    /// <summary>The effect that a decision's record is linked to, as its word.</summary>
    public static string? Effect(this JsonObject decision) => decision["effect_record"]?.Word("status");

    /// <summary>Writ's code in a refusal.</summary>
    public static string? Code(this JsonObject answer) => answer["error"]?["data"]?.Word("code");

    /// <summary>The outcome a refusal tells the agent.</summary>
    public static string? Outcome(this JsonObject answer) => answer["error"]?["data"]?.Word("outcome");

    /// <summary>The result of a call that ran.</summary>
    public static JsonObject Result(this JsonObject answer)
    {
        Assert.True(answer["result"] is JsonObject, answer.ToJsonString());
        return answer["result"]!.AsObject();
    }

    /// <summary>The request for approval of a call that was held.</summary>
    public static string Held(this JsonObject answer)
    {
        Assert.True(answer.Code() == "WRIT4001", answer.ToJsonString());
        Assert.Equal("REQUIRE_APPROVAL", answer.Outcome());
        return answer["error"]!["data"]!.Word("approval")!;
    }

    /// <summary>Asserts that a call was refused with a code.</summary>
    public static void Refused(this JsonObject answer, string code) => Assert.True(answer.Code() == code && answer["result"] is null, $"expected {code}: {answer.ToJsonString()}");
}
