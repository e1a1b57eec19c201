using Writ.Cedar.Entities;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Validation.Typing;

/// <summary>A kind of request that the schema allows: an action and one type of principal and resource. A policy is checked for each.</summary>
internal sealed record RequestKind(SchemaAction Action, EntityTypeName Principal, EntityTypeName Resource);
