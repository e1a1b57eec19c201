namespace Writ.Cli.Tests;

/// <summary>Answers of a server as the API's contract has them.</summary>
internal static class Samples
{
    public const string Agents =
        """
        {"agents":[{"id":"01990000-0000-7000-8000-000000000001","name":"support-agent","team":"default","owner":"administrator","version":"1","model":"unstated",
        "environment":"production","domain":"general","lifecycle":"active","visibility":"team","risk":2,"autonomy":1,"ring":3,
        "grants":["support-desk/*"],"a_member_of_a_newer_server":{"x":1}}]}
        """;

    public const string Agent =
        """
        {"agent":{"id":"01990000-0000-7000-8000-000000000001","name":"support-agent","team":"default","owner":"administrator","version":"1","model":"unstated",
        "environment":"production","lifecycle":"suspended","visibility":"team","risk":2,"autonomy":1,"ring":3,"grants":["support-desk/*"]},
        "key":"agk_shown-once","key_id":"k1","expires_at":"2027-01-02T03:04:05Z"}
        """;

    public const string Server =
        """
        {"server":{"slug":"desk","connection":"stdio: desk","trusted":false,"tools":[
        {"name":"get_order","effect":"read","capability":"read","standing":"admitted","digest":"aa"},
        {"name":"drop_all","standing":"quarantined","cause":"nobody classified it"}]}}
        """;

    public static string Approval(string argumentsJson, string id = "a1") =>
        $$"""
        {"id":"{{id}}","decision":"d1","agent":{"id":"g1","name":"support-agent","owner":"administrator"},"action":"tool/desk/refund_order","effect":"money",
        "reversible":false,"asks":[{"policy":"larger-refunds","approvers":["support-leads"],"quorum":1,"reason":"A refund above 50 EUR"}],
        "requested_at":"2026-01-02T03:04:05Z","expires_at":"2026-01-02T03:34:05Z","state":"pending","on_no_answer":"It stays refused.",
        "task":"t1","arguments":{{argumentsJson}}}
        """;
}
