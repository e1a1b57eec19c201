using System.Collections.Immutable;

namespace Writ.Server.Api;

internal sealed record ApprovalList(ImmutableArray<ApprovalView> Approvals);
