using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Cedar.Validation.Typing;
using Writ.Cedar.Values;

namespace Writ.Cedar.Validation;

/// <summary>Checks one policy or template against a schema: the names in it, whether its scope can match, and its types for each kind of request.</summary>
internal sealed class PolicyValidator
{
    private const int MaxHeight = 100;
    private const int StackBytes = 16 << 20;

    private readonly Schema _schema;
    private readonly PolicyId _id;
    private readonly PolicyBody _body;
    private readonly Findings _findings;
    private readonly Effort _effort = new();
    private readonly TypeRelations _relations;
    private readonly SchemaTypes _types;
    private readonly bool _isStrict;
    private readonly int? _maxLevel;

    public PolicyValidator(Schema schema, ValidationMode mode, int? maxLevel, PolicyId id, PolicyBody body, Findings findings)
    {
        _maxLevel = maxLevel;
        _schema = schema;
        _id = id;
        _body = body;
        _findings = findings;
        _isStrict = mode == ValidationMode.Strict;
        _relations = new TypeRelations(_isStrict, _effort);
        _types = new SchemaTypes(schema, _relations, findings.Suggestions);
    }

    /// <summary>Checks the policy. One that is high is checked on a stack of its own, whatever stack the caller has left.</summary>
    public void Check()
    {
        if (!_body.Expressions.Any(expr => expr.Height > MaxHeight || expr is HasExpr { Path.Length: > MaxHeight }))
        {
            CheckHere();
            return;
        }

        var thread = new Thread(CheckHere, StackBytes);
        thread.Start();
        thread.Join();
    }

    private void CheckHere()
    {
        Names();
        var groups = _body.Action.Actions.ToHashSet();
        var known = groups.All(_schema.Actions.ContainsKey);
        var matching = _schema.OrderedActions.Where(action => Matches(action, groups, known)).ToArray();
        if (!matching.Any(Applies))
            Add(FindingKind.NoApplicableAction, _body.Position, $"no action of the schema applies to such a principal and resource{MeantIn()}");
        var isPossible = false;
        foreach (var action in matching)
        {
            foreach (var principal in action.Principals)
            {
                foreach (var resource in action.Resources)
                {
                    isPossible |= Check(new RequestKind(action, principal, resource)).Type is not Ty.Bool { Value: false };
                    if (_effort.IsSpent)
                    {
                        Add(FindingKind.TooComplex, _body.Position, "checking the policy for every kind of request that the schema allows takes too long: narrow its scope, or split it");
                        return;
                    }
                }
            }
        }

        if (!isPossible)
            Add(FindingKind.Impossible, _body.Position, "the policy can never be satisfied");
    }

    // The condition that the scope and all conditions make together.
    private Answer Check(RequestKind request)
    {
        void Report(FindingKind kind, SourcePosition position, string message) =>
            _findings.Add(kind, message, _id, _body.SourceName, position.IsKnown ? position : _body.Position, request.Action.Uid);

        var checker = new TypeChecker(_types, _relations, _isStrict, _maxLevel, _effort, request, Report);
        var answer = Answer.Right(Ty.True);
        foreach (var part in Scope())
            answer = TypeChecker.And(answer, [], (given, next) => checker.Expect(given, next, Expectation.Bool), part);
        foreach (var condition in _body.Conditions)
        {
            var expr = condition.Kind == ConditionKind.When ? condition.Body : new UnaryExpr(UnaryOperator.Not, condition.Body) { Position = condition.Body.Position };
            answer = TypeChecker.And(answer, [], (given, next) => checker.Expect(given, next, Expectation.Bool), expr);
        }

        return answer;
    }

    // A slot is left out: for every kind of request there is something to fill it with that matches.
    private IEnumerable<Expr> Scope()
    {
        foreach (var part in Scope(Variable.Principal, _body.Principal))
            yield return part;
        var action = new VariableExpr(Variable.Action) { Position = _body.Position };
        switch (_body.Action)
        {
            case ActionScope.Equal equal:
                yield return Binary(BinaryOperator.Equal, action, equal.Action);
                break;
            case ActionScope.In group:
                yield return Binary(BinaryOperator.In, action, group.Group);
                break;

            // Not a set that is checked as one: in no action is a scope that never matches, not a set without a type.
            case ActionScope.InAny { Actions.IsEmpty: true }:
                yield return new LiteralExpr(false) { Position = _body.Position };
                break;
            case ActionScope.InAny any:
                var set = new SetExpr([.. any.Actions.Select(Literal)]) { Position = _body.Position };
                yield return new BinaryExpr(BinaryOperator.In, action, set) { Position = _body.Position };
                break;
        }

        foreach (var part in Scope(Variable.Resource, _body.Resource))
            yield return part;
    }

    private IEnumerable<Expr> Scope(Variable variable, EntityScope scope)
    {
        var party = new VariableExpr(variable) { Position = _body.Position };
        if (scope.Type is { } type)
            yield return new IsExpr(party, type) { Position = _body.Position };
        if (scope.Target is ScopeTarget.Entity target)
            yield return Binary(scope is EntityScope.Equal ? BinaryOperator.Equal : BinaryOperator.In, party, target.Uid);
    }

    private BinaryExpr Binary(BinaryOperator op, Expr left, EntityUid right) => new(op, left, Literal(right)) { Position = _body.Position };

    private Expr Literal(EntityUid uid) => new LiteralExpr(uid) { Position = _body.Position };

    private void Names()
    {
        foreach (var (uid, type, position) in Mentioned())
        {
            if (uid is not null && type.IsAction)
            {
                if (!_schema.Actions.ContainsKey(uid))
                    Add(FindingKind.UnknownAction, position, $"the schema declares no action {uid}{Validation.Names.SuggestAction(_schema, uid, _findings.Suggestions)}");
            }
            else if (!type.IsAction && !_schema.EntityTypes.TryGetValue(type, out _))
            {
                Add(FindingKind.UnknownEntityType, position, $"the schema declares no entity type {type}{Validation.Names.SuggestType(_schema, type, _findings.Suggestions)}");
            }
            else if (uid is not null && _schema.EntityTypes[type] is { IsEnum: true } listed && !listed.EnumIds.Contains(uid.Id))
            {
                Add(FindingKind.UnknownEnumId, position, $"{type} has no id {Syntax.StringLiteral.Quote(uid.Id)}{Validation.Names.SuggestId(listed, uid, _findings.Suggestions)}");
            }
        }
    }

    private IEnumerable<(EntityUid? Uid, EntityTypeName Type, SourcePosition Position)> Mentioned()
    {
        foreach (var scope in new[] { _body.Principal, _body.Resource })
        {
            if (scope.Type is { } type)
                yield return (null, type, _body.Position);
            if (scope.Target is ScopeTarget.Entity target)
                yield return (target.Uid, target.Uid.Type, _body.Position);
        }

        foreach (var action in _body.Action.Actions)
            yield return (action, action.Type, _body.Position);
        foreach (var expr in _body.Expressions)
        {
            if (expr is LiteralExpr { Value: EntityValue { Uid: { } uid } })
                yield return (uid, uid.Type, expr.Position);
            else if (expr is IsExpr test)
                yield return (null, test.Type, expr.Position);
        }
    }

    private bool Applies(SchemaAction action) =>
        action.Principals.Any(type => Matches(_body.Principal, type)) && action.Resources.Any(type => Matches(_body.Resource, type));

    // A list with an action that the schema does not know matches nothing.
    private bool Matches(SchemaAction action, HashSet<EntityUid> groups, bool areKnown) => _body.Action switch
    {
        ActionScope.Any => true,
        ActionScope.Equal equal => equal.Action.Equals(action.Uid),
        _ => areKnown && (groups.Contains(action.Uid) || action.Ancestors.Any(groups.Contains)),
    };

    private bool Matches(EntityScope scope, EntityTypeName type) =>
        (scope.Type is null || scope.Type.Equals(type))
        && (scope.Target is not ScopeTarget.Entity target || (scope is EntityScope.Equal ? target.Uid.Type.Equals(type) : _types.CanBeIn(type, target.Uid.Type)));

    // Many write == where they mean in.
    private string MeantIn()
    {
        foreach (var (name, scope) in new[] { ("principal", _body.Principal), ("resource", _body.Resource) })
        {
            if (scope is EntityScope.Equal { Target: ScopeTarget.Entity target } && _schema.EntityTypes.Values.Any(type => type.Ancestors.Contains(target.Uid.Type)))
                return $": did you mean `{name} in {target.Uid}`?";
        }

        return "";
    }

    private void Add(FindingKind kind, SourcePosition position, string message) => _findings.Add(kind, message, _id, _body.SourceName, position);
}
