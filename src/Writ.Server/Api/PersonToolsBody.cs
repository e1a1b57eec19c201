using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The most that agents reach in tasks that a person starts.</summary>
/// <param name="Tools"><c>server/tool</c> or <c>server/*</c>; null for no limit by who asks, empty for none at all.</param>
internal sealed record PersonToolsBody(ImmutableArray<string>? Tools);
