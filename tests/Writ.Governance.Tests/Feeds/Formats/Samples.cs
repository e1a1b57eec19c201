using System.Text;
using Writ.Crypto.Json;
using Writ.Governance.Feeds;
using Writ.Governance.Organizations;
using Writ.Ledger;
using Writ.Testing;

namespace Writ.Governance.Tests.Feeds.Formats;

/// <summary>A record of each kind, as the published schema has them.</summary>
internal static class Samples
{
    public const string Origin = "writ.example/default/decisions";

    private const string Agent = "019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21";
    private const string Id = "019b2f6e-0000-7000-9000-000000000001";
    private const string Digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>A refused, held or permitted call of a tool.</summary>
    public static byte[] Decision(string outcome, string effect = "money", string model = "anthropic/claude-5", string detail = "floor/no-secrets forbids it") => Canonical(
        $$"""
        {"action":"tool/desk/refund","agent":"{{Agent}}","agent_version":"1.0.0","arguments_commitment":"{{Digest}}","assurance":"low","at":1767323045678901,
        {{Of(outcome)}}"commitment":"{{Digest}}","credential":"agk_1","data_classes":["personal"],"definition":"{{Digest}}","detail":{{System.Text.Json.JsonSerializer.Serialize(detail)}},
        "door":"mcp","effect":"{{effect}}","environment":"production","gates":["lifecycle","grants","policy"],"id":"{{Id}}","instance":"019b2f6e-0000-7000-8000-000000000009",
        "kind":"decision","model":"{{model}}","organization":"default","outcome":"{{outcome}}","owner":"alice","reversible":true,"risk_tags":["pays-out"],
        "rules":["floor/no-secrets"],"server":"desk","snapshot":"{{Digest}}","span":"00f067aa0ba902b7","subject":"user/019b2f6e-0000-7000-8000-000000000008",
        "task":"019b2f6e-0000-7000-8000-000000000001","task_root":"019b2f6e-0000-7000-8000-000000000001","tool":"refund","trace":"4bf92f3577b34da6a3ce929d0e0e4736","us":50,"v":2}
        """);

    public static byte[] Effect(string status) => Canonical(
        $$"""{"at":1767323046000000,"decision":"{{Id}}","effect":"money","error":"upstream_died","id":"019b2f6e-0000-7000-9000-000000000002","kind":"effect","organization":"default","status":"{{status}}","us":1500,"v":2}""");

    public static byte[] Answer(string answer) => Canonical(
        $$"""
        {"answer":"{{answer}}","approval":"019b2f6e-aaaa-7000-8000-000000000001","at":1767323046000000,"binding":"{{Digest}}","decision":"{{Id}}","id":"019b2f6e-0000-7000-9000-000000000003",
        "kind":"approval","organization":"default","person":"carol","presence":"stored-token","result":"{{answer}}","solo":false,"v":2}
        """);

    public static byte[] Control() => Canonical(
        """{"action":{"display_name":"Billing","kind":"team.created","team":"billing"},"at":1767323046000000,"by":{"person":"alice","presence":"stored-token","solo":true},"id":"019b2f6e-0000-7000-9000-000000000004","organization":"default","v":1}""");

    public static byte[] Heartbeat() => Canonical(
        $$"""{"at":1767323046000000,"control":{"root":"{{Digest}}","size":4},"id":"019b2f6e-0000-7000-9000-000000000005","kind":"heartbeat","organization":"default","v":1}""");

    public static byte[] Admission() => Canonical(
        """{"at":1767323046000000,"cause":"credential-rate","count":40,"credential":"agk_1","id":"019b2f6e-0000-7000-9000-000000000006","kind":"admission","v":1}""");

    /// <summary>One of each, and every outcome and status.</summary>
    public static byte[][] All() =>
    [
        .. "ALLOW ALLOW_WITH_CONSTRAINTS REQUIRE_APPROVAL REMEDIATE DENY".Split(' ').Select(outcome => Decision(outcome)),
        .. "read fetch write egress credential destroy execute".Split(' ').Select(effect => Decision("ALLOW", effect, "unstated")),
        .. "executed failed timed_out cancelled not_dispatched unknown".Split(' ').Select(Effect),
        Answer("approved"), Answer("rejected"), Control(), Heartbeat(), Admission(),
    ];

    public static FeedBatch Batch(params byte[][] records) =>
        new(OrganizationId.Parse("default"), Origin, [.. records.Select((r, i) => new LedgerRecord((ulong)i + 40, r))]);

    /// <summary>The members that go with an outcome.</summary>
    private static string Of(string outcome)
    {
        const string Refused = "\"code\":\"WRIT1002\",\"escalation\":\"esc_00000000000000000000000000000001\",";
        return outcome switch
        {
            "ALLOW" => "",
            "ALLOW_WITH_CONSTRAINTS" => "\"constraints\":[\"read_only\"],",
            "REMEDIATE" => Refused + "\"remedy\":\"desk/credit\",",
            "REQUIRE_APPROVAL" => Refused + $$"""
                "approval":{"asks":[{"approvers":["person/carol"],"policy":"desk/ask","quorum":1,"within_ms":60000}],"binding":"{{Digest}}","decision":"{{Id}}","expires_at":1767323105678901,
                "id":"019b2f6e-aaaa-7000-8000-000000000001","requested_at":1767323045678901},
                """,
            _ => Refused,
        };
    }

    private static byte[] Canonical(string json)
    {
        Assert.True(Jcs.TryCanonicalize(Encoding.UTF8.GetBytes(json), out var canonical, out var error), error?.ToString());
        return canonical;
    }
}
