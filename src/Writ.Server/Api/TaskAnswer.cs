using Writ.Governance.Tasks;

namespace Writ.Server.Api;

/// <summary>An opened task and its token: shown here and never again.</summary>
internal sealed record TaskAnswer(TaskId Task, TaskId Root, TaskId? Parent, string Token);
