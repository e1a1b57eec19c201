using Writ.Cedar.Entities;

namespace Writ.Cedar.Policies;

/// <summary>How a policy came from a template.</summary>
/// <param name="TemplateId">The template.</param>
/// <param name="Principal">What was put in <c>?principal</c>; null when the template has no such slot.</param>
/// <param name="Resource">What was put in <c>?resource</c>; null when the template has no such slot.</param>
public sealed record TemplateLink(PolicyId TemplateId, EntityUid? Principal, EntityUid? Resource);
