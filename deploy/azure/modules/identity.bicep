// Who the silos are to Azure: an identity without a secret, lent to one service account of one cluster.
param location string
param name string
param issuer string
param serviceAccount object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-silos'
  location: location

  resource lent 'federatedIdentityCredentials' = {
    name: 'cluster'
    properties: {
      issuer: issuer
      subject: 'system:serviceaccount:${serviceAccount.namespace}:${serviceAccount.name}'
      audiences: ['api://AzureADTokenExchange']
    }
  }
}

output principalId string = identity.properties.principalId
output clientId string = identity.properties.clientId
