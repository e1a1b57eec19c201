using System.Text.Json.Nodes;

namespace ScriptedAgent;

/// <summary>
/// What an agent learns from one call. <paramref name="Outcome"/> is Writ's word (ALLOW, ALLOW_WITH_CONSTRAINTS, REQUIRE_APPROVAL,
/// REMEDIATE, DENY), or FAILED when the tool or the way to it failed. A refusal carries a code and an opaque token; a held call the
/// approval's id; a remediated one the safer call.
/// </summary>
internal sealed record Answer(string Outcome, string Text, string? Code = null, string? Token = null, string? Approval = null, JsonObject? Remedy = null)
{
    public bool Held => Outcome == "REQUIRE_APPROVAL";
}
