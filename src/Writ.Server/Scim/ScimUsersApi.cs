using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Directories;
using Writ.Governance.People;
using Writ.Governance.Registry;
using Writ.Server.Api;

namespace Writ.Server.Scim;

/// <summary><c>/scim/v2/Users</c>: whom a directory has in the organization (RFC 7644, section 3). People of whom it does not speak do not exist here.</summary>
internal sealed class ScimUsersApi(ControlService controls, RegistryHolder registry, DirectoryUsers users, TimeProvider time)
{
    public void Map(RouteGroupBuilder directories)
    {
        directories.MapGet("/Users", (HttpContext http) =>
        {
            var (state, label, root) = (http.Directory().Organization, http.Directory().Client.Label, ScimRequest.Root(http.Request));
            // By person, once a request, and only where somebody asks.
            var groups = new Lazy<ILookup<PersonId, DirectoryGroup>>(() => state.GroupsOf(label).SelectMany(group => group.Members, (group, person) => (group, person)).ToLookup(one => one.person, one => one.group));
            return ScimListing.Answer(http.Request, ScimSchema.User, state.PeopleOf(label), "groups", (person, isWhole) => ScimUsers.Render(person, users.Find(state, person), isWhole ? groups.Value[person.Id] : null, root));
        });
        directories.MapPost("/Users", (Delegate)AddAsync);
        directories.MapGet("/Users/{id}", (HttpContext http, string id) =>
        {
            if (Find(http, http.Directory().Organization, id) is not { } person)
                return ScimError.NotFound().ToResult();
            var resource = Render(http, http.Directory().Organization, person);
            return ScimRequest.Has(http.Request, ScimVersion.Of(resource)) ? Results.StatusCode(StatusCodes.Status304NotModified) : (IResult)Answer(http, resource, 200);
        });
        directories.MapPut("/Users/{id}", (HttpContext http, string id) => ChangeAsync(http, id, (resource, body) =>
        {
            if (ScimSchema.User.Take(body, out var error) is not { } wanted)
                return (null, error);
            // Who was sent away does not return because a directory left the word out.
            wanted["active"] ??= resource["active"]!.GetValue<bool>();
            return (wanted, null);
        }));
        directories.MapPatch("/Users/{id}", (HttpContext http, string id) => ChangeAsync(http, id, (resource, body) =>
            ScimPatch.Apply(ScimSchema.User, resource, body) is { } error ? (null, error) : (resource, null)));
        directories.MapDelete("/Users/{id}", DeleteAsync);
    }

    private async Task<IResult> AddAsync(HttpContext http)
    {
        var (body, error) = await ScimRequest.ReadAsync(http);
        if (body is null || ScimSchema.User.Take(body, out error) is not { } resource || ScimUsers.Read(resource, out error) is not { } user)
            return error!.ToResult();
        var change = Change(http);
        var id = NewId();
        var outcome = await TakeAsync(http, state => change.Add(state, id, user, ScimUsers.IsActive(resource) ?? true));
        return (change.Error ?? ScimError.Of(outcome))?.ToResult() ?? (IResult)Answer(http, Current(http, id), StatusCodes.Status201Created);
    }

    private async Task<IResult> ChangeAsync(HttpContext http, string id, Func<JsonObject, JsonObject, (JsonObject? Wanted, ScimError? Error)> edit)
    {
        if (Find(http, http.Directory().Organization, id) is not { } known)
            return ScimError.NotFound().ToResult();
        var (body, error) = await ScimRequest.ReadAsync(http);
        if (body is null)
            return error!.ToResult();
        var change = Change(http);
        ControlPlan Plan(OrganizationState state, bool first)
        {
            error = null;
            if (Find(http, state, id) is not { } person)
                error = ScimError.NotFound();
            else
            {
                var resource = Render(http, state, person);
                if (first && !ScimRequest.Matches(http.Request, ScimVersion.Of(resource)))
                    error = ScimError.Outdated();
                else if (edit(resource, body.DeepClone().AsObject()) is { Wanted: { } wanted })
                    return first && ScimUsers.Read(wanted, out error) is not null ? ScimUserChange.Leave(person, wanted) : first ? ControlPlan.Refuse(error!.Detail) : change.Change(state, person, wanted);
                else
                    error = edit(Render(http, state, person), body.DeepClone().AsObject()).Error;
            }

            return ControlPlan.Refuse(error!.Detail);
        }

        var outcome = await TakeAsync(http, state => Plan(state, first: true));
        if (outcome is ControlOutcome.Done)
            outcome = await TakeAsync(http, state => Plan(state, first: false));
        return (error ?? change.Error ?? ScimError.Of(outcome))?.ToResult() ?? (IResult)Answer(http, Current(http, known.Id), StatusCodes.Status200OK);
    }

    private async Task<IResult> DeleteAsync(HttpContext http, string id)
    {
        if (Find(http, http.Directory().Organization, id) is not { } known)
            return ScimError.NotFound().ToResult();
        ScimError? error = null;
        var outcome = await TakeAsync(http, state =>
        {
            error = Find(http, state, id) is not { } person ? ScimError.NotFound() : !ScimRequest.Matches(http.Request, ScimVersion.Of(Render(http, state, person))) ? ScimError.Outdated() : null;
            return error is not null ? ControlPlan.Refuse(error.Detail) : state.People[known.Id].IsHere ? ControlPlan.Take(new PersonLeft(known.Id, ScimUserChange.Left)) : ControlPlan.Take();
        });
        if (outcome is ControlOutcome.Done)
            outcome = await TakeAsync(http, state => Find(http, state, id) is null ? ControlPlan.Take() : ControlPlan.Take(new DirectoryUserForgotten(known.Id)));
        return (error ?? ScimError.Of(outcome))?.ToResult() ?? Results.NoContent();
    }

    private Task<ControlOutcome> TakeAsync(HttpContext http, Func<OrganizationState, ControlPlan> plan)
    {
        var caller = http.Directory();
        return controls.TakeAsync(caller.Organization.Id, null, PersonPresence.Of(Presence.Directory) with { Directory = caller.KeyId }, state => plan(state!), http.RequestAborted);
    }

    private ScimUserChange Change(HttpContext http) => new(users, http.Directory().Client, time);

    private JsonObject Current(HttpContext http, PersonId id)
    {
        var state = registry.Current.Organizations[http.Directory().Organization.Id];
        return Render(http, state, state.People[id]);
    }

    private JsonObject Render(HttpContext http, OrganizationState state, Person person) =>
        ScimUsers.Render(person, users.Find(state, person), state.DirectoryGroups.Values.Where(group => group.Members.Contains(person.Id)), ScimRequest.Root(http.Request));

    private static ScimResult Answer(HttpContext http, JsonObject resource, int status) =>
        new ScimResult(status, ScimProjection.Of(http.Request, ScimSchema.User, resource), ScimVersion.Of(resource), ScimVersion.Location(resource));

    private static Person? Find(HttpContext http, OrganizationState state, string id) =>
        PersonId.TryParse(id, null, out var person) && state.People.TryGetValue(person, out var known) && known.Directory?.Label == http.Directory().Client.Label ? known : null;

    private static PersonId NewId() => PersonId.Parse("u-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
}
