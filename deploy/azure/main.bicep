// An exchange on Azure: a cluster (AKS) for the silos, PostgreSQL or storage accounts for the signals, a key vault for what seals the keys, and nothing of
// it reachable from the internet but what members call. Deploy into a resource group of its own:
//   az deployment group create --resource-group signalexchange --template-file main.bicep --parameters main.bicepparam
targetScope = 'resourceGroup'

@description('Where everything lies. It decides which law holds for the tokens.')
param location string = resourceGroup().location

@description('The beginning of every name: lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'sigx'

@description('Where signals and access logs are kept. Keys stay on the silos\' volumes.')
@allowed(['Postgres', 'AzureStorage'])
param engine string = 'Postgres'

@description('With the engine AzureStorage, how many storage accounts share the shards; each takes some 20,000 operations a second.')
@minValue(1)
@maxValue(16)
param storageAccounts int = 2

@description('The Entra group whose members administer the cluster.')
param administratorsGroupId string

@description('The Entra group whose members may read and set secrets: those of the key ceremony, nobody else.')
param custodiansGroupId string

@description('With the engine Postgres, the Entra group whose members administer the database.')
param databaseAdministratorsGroupId string = administratorsGroupId

@description('The name of that group, as Entra shows it.')
param databaseAdministratorsGroupName string = 'signalexchange-database'

@description('Of the database\'s first account, which nobody uses: administrators sign in by Entra, and make the exchange a role of its own.')
@secure()
param databaseAdministratorPassword string = newGuid()

@description('The size of the machines that run silos. Checks want cores, the index wants 16 bytes an indicator.')
param siloVmSize string = 'Standard_D4ds_v5'

@description('How many days logs of Azure itself are kept. The access log of the exchange is its own.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('The namespace and service account that the silos run under, as deploy/kubernetes has them.')
param serviceAccount object = {
  namespace: 'signalexchange'
  name: 'signalexchange'
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    location: location
    name: name
    retentionDays: logRetentionDays
  }
}

module network 'modules/network.bicep' = {
  name: 'network'
  params: {
    location: location
    name: name
  }
}

module cluster 'modules/cluster.bicep' = {
  name: 'cluster'
  params: {
    location: location
    name: name
    networkName: network.outputs.name
    subnetId: network.outputs.nodesSubnetId
    administratorsGroupId: administratorsGroupId
    vmSize: siloVmSize
    workspaceId: monitoring.outputs.workspaceId
  }
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    location: location
    name: name
    issuer: cluster.outputs.oidcIssuer
    serviceAccount: serviceAccount
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    location: location
    name: name
    readerPrincipalId: identity.outputs.principalId
    custodiansGroupId: custodiansGroupId
    subnetId: network.outputs.endpointsSubnetId
    zoneId: network.outputs.vaultZoneId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module database 'modules/database.bicep' = if (engine == 'Postgres') {
  name: 'database'
  params: {
    location: location
    name: name
    subnetId: network.outputs.databaseSubnetId
    zoneId: network.outputs.databaseZoneId
    administratorsGroupId: databaseAdministratorsGroupId
    administratorsGroupName: databaseAdministratorsGroupName
    administratorPassword: databaseAdministratorPassword
    workspaceId: monitoring.outputs.workspaceId
  }
}

module storage 'modules/storage.bicep' = if (engine == 'AzureStorage') {
  name: 'storage'
  params: {
    location: location
    name: name
    count: storageAccounts
    writerPrincipalId: identity.outputs.principalId
    subnetId: network.outputs.endpointsSubnetId
    tableZoneId: network.outputs.tableZoneId
    blobZoneId: network.outputs.blobZoneId
    workspaceId: monitoring.outputs.workspaceId
  }
}

@description('For az aks get-credentials.')
output clusterName string = cluster.outputs.name

@description('The client id that the service account is annotated with (azure.workload.identity/client-id).')
output workloadClientId string = identity.outputs.clientId

@description('The vault that the key ceremony puts the master key into.')
output vaultName string = vault.outputs.name

@description('The database\'s host; empty with the engine AzureStorage.')
output databaseHost string = database.?outputs.host ?? ''

@description('The tables\' addresses, in the order of the shards; none with the engine Postgres.')
output tableEndpoints array = storage.?outputs.tableEndpoints ?? []

@description('The blobs\' addresses, likewise; access logs lie in the first.')
output blobEndpoints array = storage.?outputs.blobEndpoints ?? []
