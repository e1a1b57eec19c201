using Writ.Cedar.Entities;
using Writ.Cedar.Extensions;
using Writ.Cedar.Syntax;
using Writ.Cedar.Values;

namespace Writ.Cedar.Authorization;

/// <summary>Reads and tests for the attributes of records and entities.</summary>
internal static class Attributes
{
    /// <summary><c>x.name</c>. Missing attributes, and attributes of an entity that does not exist, are faults.</summary>
    public static Value? Read(Value target, string name, EntityStore entities, out Fault? fault)
    {
        fault = null;
        Value? value = null;
        switch (target)
        {
            case RecordValue record:
                if (!record.TryGet(name, out value))
                    fault = new Fault(FaultKind.AttributeMissing, $"the record has no attribute {StringLiteral.Quote(name)}");
                break;
            case EntityValue { Uid: var uid }:
                if (!entities.TryGet(uid, out var entity))
                    fault = new Fault(FaultKind.EntityMissing, $"the attribute {StringLiteral.Quote(name)} is read of {uid}, which does not exist");
                else if (!entity.Attributes.TryGet(name, out value))
                    fault = new Fault(FaultKind.AttributeMissing, $"{uid} has no attribute {StringLiteral.Quote(name)}");
                break;
            default:
                fault = Fault.WrongType("a record or an entity", target);
                break;
        }

        return value is PoisonValue poison ? Refuse(poison, out fault) : value;
    }

    /// <summary><c>x has name</c>. An entity that does not exist has no attributes.</summary>
    public static bool? Has(Value target, string name, EntityStore entities, out Fault? fault)
    {
        fault = null;
        RecordValue attributes;
        switch (target)
        {
            case RecordValue record:
                attributes = record;
                break;
            case EntityValue { Uid: var uid }:
                if (!entities.TryGet(uid, out var entity))
                    return false;
                attributes = entity.Attributes;
                break;
            default:
                fault = Fault.WrongType("a record or an entity", target);
                return null;
        }

        if (!attributes.TryGet(name, out var value))
            return false;
        if (value is not PoisonValue poison)
            return true;
        Refuse(poison, out fault);
        return null;
    }

    private static Value? Refuse(PoisonValue poison, out Fault? fault)
    {
        fault = Fault.Poisoned(poison);
        return null;
    }
}
