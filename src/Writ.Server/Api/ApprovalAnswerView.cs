using Writ.Governance.Approvals;

namespace Writ.Server.Api;

internal sealed record ApprovalAnswerView(ApprovalId Id, string State);
