using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.People;

/// <summary>Who signs in to the console.</summary>
internal sealed class PersonGrpcService(RegistryCalls registry, MemberDirectory directory)
    : PersonService.PersonServiceBase
{
    public override async Task<InvitePersonResponse> InvitePerson(
        InvitePersonRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var code = SignInCode.New();
        var reply = await registry.Act(
            new()
            {
                InvitePerson = new()
                {
                    Request = request,
                    AccountId = AccountIds.New(),
                    CodeDigest = ByteString.CopyFrom(SignInCode.DigestOf(code)),
                },
            },
            context
        );
        return new()
        {
            Person = reply.Person,
            Code = code,
            Pending = reply.Approval,
        };
    }

    public override Task<ListPeopleResponse> ListPeople(ListPeopleRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var (page, next) = PageTokens.Page(
            directory.People,
            person => person.Login,
            "people",
            request.PageSize,
            request.PageToken
        );
        return Task.FromResult(new ListPeopleResponse { People = { page }, NextPageToken = next });
    }

    public override async Task<ResetPersonResponse> ResetPerson(ResetPersonRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var code = SignInCode.New();
        var digest = ByteString.CopyFrom(SignInCode.DigestOf(code));
        var reply = await registry.Act(
            new()
            {
                ResetPerson = new() { AccountId = request.AccountId, CodeDigest = digest },
            },
            context
        );
        return new()
        {
            Person = reply.Person ?? directory.FindPerson(request.AccountId)?.Person,
            Code = code,
            Pending = reply.Approval,
        };
    }

    public override async Task<RevokePersonResponse> RevokePerson(
        RevokePersonRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        return new() { Person = (await registry.Act(new() { RevokePerson = request }, context)).Person };
    }

    public override async Task<SignOutPersonResponse> SignOutPerson(
        SignOutPersonRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        return new() { Person = (await registry.Act(new() { SignOutPerson = request }, context)).Person };
    }
}
