using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Directories;
using Writ.Governance.People;
using Writ.Governance.Registry;
using Writ.Server.Api;

namespace Writ.Server.Scim;

/// <summary><c>/scim/v2/Groups</c>: a directory's own groups (RFC 7644, section 3). What a team of Writ has to do with one is for people to say.</summary>
internal sealed class ScimGroupsApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder directories)
    {
        directories.MapGet("/Groups", (HttpContext http) =>
        {
            var root = ScimRequest.Root(http.Request);
            return ScimListing.Answer(http.Request, ScimSchema.Group, http.Directory().Organization.GroupsOf(http.Directory().Client.Label), "members", (group, isWhole) => ScimGroups.Render(group, root, isWhole));
        });
        directories.MapPost("/Groups", (Delegate)AddAsync).WithMetadata(BodyLimit.Lists);
        directories.MapGet("/Groups/{id}", (HttpContext http, string id) =>
        {
            if (Find(http, http.Directory().Organization, id) is not { } group)
                return ScimError.NotFound().ToResult();
            var resource = ScimGroups.Render(group, ScimRequest.Root(http.Request));
            return ScimRequest.Has(http.Request, ScimVersion.Of(resource)) ? Results.StatusCode(StatusCodes.Status304NotModified) : (IResult)Answer(http, resource, StatusCodes.Status200OK);
        });
        directories.MapPut("/Groups/{id}", (HttpContext http, string id) => ChangeAsync(http, id, (_, body) =>
            ScimSchema.Group.Take(body, out var error) is { } wanted ? (wanted, null) : (null, error))).WithMetadata(BodyLimit.Lists);
        directories.MapPatch("/Groups/{id}", (HttpContext http, string id) => ChangeAsync(http, id, (resource, body) =>
            ScimPatch.Apply(ScimSchema.Group, resource, body) is { } error ? (null, error) : (resource, null))).WithMetadata(BodyLimit.Lists);
        directories.MapDelete("/Groups/{id}", DeleteAsync);
    }

    private async Task<IResult> AddAsync(HttpContext http)
    {
        var (body, error) = await ScimRequest.ReadAsync(http);
        if (body is null || ScimSchema.Group.Take(body, out error) is not { } wanted)
            return error!.ToResult();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var outcome = await TakeAsync(http, state => Plan(state, http.Directory().Client.Label, id, null, wanted, out error));
        return (error ?? ScimError.Of(outcome))?.ToResult() ?? (IResult)Answer(http, Current(http, id), StatusCodes.Status201Created);
    }

    private async Task<IResult> ChangeAsync(HttpContext http, string id, Func<JsonObject, JsonObject, (JsonObject? Wanted, ScimError? Error)> edit)
    {
        if (Find(http, http.Directory().Organization, id) is not { Id: var known })
            return ScimError.NotFound().ToResult();
        var (body, error) = await ScimRequest.ReadAsync(http);
        if (body is null)
            return error!.ToResult();
        var outcome = await TakeAsync(http, state =>
        {
            error = null;
            if (Find(http, state, id) is not { } group)
                error = ScimError.NotFound();
            else
            {
                var resource = ScimGroups.Render(group, ScimRequest.Root(http.Request));
                if (!ScimRequest.Matches(http.Request, ScimVersion.Of(resource)))
                    error = ScimError.Outdated();
                else
                {
                    (var wanted, error) = edit(resource, body.DeepClone().AsObject());
                    if (wanted is not null)
                        return Plan(state, group.Directory, known, group, wanted, out error);
                }
            }

            return ControlPlan.Refuse(error!.Detail);
        });
        return (error ?? ScimError.Of(outcome))?.ToResult() ?? (IResult)Answer(http, Current(http, known), StatusCodes.Status200OK);
    }

    private async Task<IResult> DeleteAsync(HttpContext http, string id)
    {
        ScimError? error = null;
        var outcome = await TakeAsync(http, state =>
        {
            error = Find(http, state, id) is not { } group ? ScimError.NotFound()
                : !ScimRequest.Matches(http.Request, ScimVersion.Of(ScimGroups.Render(group, ScimRequest.Root(http.Request)))) ? ScimError.Outdated()
                : null;
            return error is null ? ControlPlan.Take(new DirectoryGroupRemoved(Guid.Parse(id))) : ControlPlan.Refuse(error.Detail);
        });
        return (error ?? ScimError.Of(outcome))?.ToResult() ?? Results.NoContent();
    }

    private static ControlPlan Plan(OrganizationState state, string directory, Guid id, DirectoryGroup? group, JsonObject wanted, out ScimError? error)
    {
        error = ScimGroups.Problem(wanted);
        if (error is not null)
            return ControlPlan.Refuse(error.Detail);
        var (name, external) = (wanted["displayName"]!.GetValue<string>(), wanted["externalId"]?.GetValue<string>());
        if (state.DirectoryGroups.Values.Any(other => other.Id != id && other.Directory == directory && other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            error = ScimError.Taken("A group has that displayName already.");
            return ControlPlan.Refuse(error.Detail);
        }

        var members = new HashSet<PersonId>();
        foreach (var member in (wanted["members"] as JsonArray ?? []).OfType<JsonObject>().Select(one => one["value"]?.GetValue<string>()))
        {
            if (!PersonId.TryParse(member, null, out var person) || state.People.GetValueOrDefault(person)?.Directory?.Label != directory)
            {
                error = ScimError.BadValue($"members: '{ScimError.Cut(member ?? "")}' is no user");
                return ControlPlan.Refuse(error.Detail);
            }

            members.Add(person);
        }

        List<ControlAction> actions = [];
        if (group is null || group.Name != name || group.ExternalId != external)
            actions.Add(new DirectoryGroupDescribed(id, name, external));
        PersonId[] left = [.. group?.Members.Where(person => !members.Contains(person)) ?? []];
        PersonId[] joined = [.. members.Where(person => group?.Members.Contains(person) != true)];
        actions.AddRange(left.Chunk(DirectoryGroup.MostOfARecord).Select(some => new DirectoryGroupChanged(id, [], [.. some])));
        actions.AddRange(joined.Chunk(DirectoryGroup.MostOfARecord).Select(some => new DirectoryGroupChanged(id, [.. some], [])));
        return ControlPlan.Take(actions);
    }

    private Task<ControlOutcome> TakeAsync(HttpContext http, Func<OrganizationState, ControlPlan> plan)
    {
        var caller = http.Directory();
        return controls.TakeAsync(caller.Organization.Id, null, PersonPresence.Of(Presence.Directory) with { Directory = caller.KeyId }, state => plan(state!), http.RequestAborted);
    }

    private JsonObject Current(HttpContext http, Guid id) =>
        ScimGroups.Render(registry.Current.Organizations[http.Directory().Organization.Id].DirectoryGroups[id], ScimRequest.Root(http.Request));

    private static ScimResult Answer(HttpContext http, JsonObject resource, int status) =>
        new ScimResult(status, ScimProjection.Of(http.Request, ScimSchema.Group, resource), ScimVersion.Of(resource), ScimVersion.Location(resource));

    private static DirectoryGroup? Find(HttpContext http, OrganizationState state, string id) =>
        Guid.TryParseExact(id, "D", out var known) && state.DirectoryGroups.TryGetValue(known, out var group) && group.Directory == http.Directory().Client.Label ? group : null;
}
