using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The enrolments that wait.</summary>
internal sealed record EnrolmentList(ImmutableArray<EnrolmentView> Enrolments);
