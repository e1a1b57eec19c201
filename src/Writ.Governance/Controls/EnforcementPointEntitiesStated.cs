using System.Collections.Immutable;
using Writ.Governance.Tools;

namespace Writ.Governance.Controls;

/// <summary>The subjects and resources of the application behind an enforcement point, stated, stated anew or taken back.</summary>
public sealed record EnforcementPointEntitiesStated(string KeyId, ImmutableArray<StatedEntity> Entities) : ControlAction;
