using Writ.Governance.Approvals;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies;

/// <summary>Finds approvers that a bundle names and the organization does not have: what waits for them would wait for ever.</summary>
internal static class UnknownApprovers
{
    public static IReadOnlyList<PolicyProblem> In(OrganizationState organization, BundleArchive archive) =>
        [
            .. from ruled in BundleCompilation.Of(archive).Policies
               let body = ruled.Policy.Body
               where ruled.Discharge is Discharge.ByApproval
               from approver in ((Discharge.ByApproval)ruled.Discharge).Ask.Approvers
               let missing = Missing(organization, approver)
               where missing is not null
               let file = body.SourceName ?? ""
               let problem = new PolicyProblem(file, body.Position.Line, body.Position.Column, $"approver '{approver}': {missing}")
               select CompiledForms.ToSource(problem, archive.Files.First(f => f.Path == file).Text),
        ];

    private static string? Missing(OrganizationState organization, ApproverRule approver) => approver switch
    {
        ApproverRule.OnePerson one when !organization.People.ContainsKey(one.Person) => "there is no such person",
        ApproverRule.OnePerson one when !organization.IsLive(one.Person) => "that person has left",
        ApproverRule.Members members when !organization.Teams.ContainsKey(members.Team.ToString()) => "there is no such team",
        ApproverRule.Named named when !organization.Teams.ContainsKey(named.Name) && organization.People.Keys.All(p => p.ToString() != named.Name) =>
            "there is no person, no team and no capability of that name; create the team with `writ team create`",
        _ => null,
    };
}
