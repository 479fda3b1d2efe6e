// PostgreSQL in the network itself, in two zones: a commit waits for both. People sign in by Entra; the exchange has a role with a password, which the
// administrators make (README.md beside main.bicep) and put into the vault.
param location string
param name string
param subnetId string
param zoneId string
param administratorsGroupId string
param administratorsGroupName string
@secure()
param administratorPassword string
param workspaceId string

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${uniqueString(resourceGroup().id)}'
  location: location
  sku: {
    name: 'Standard_D4ds_v5'
    tier: 'GeneralPurpose'
  }
  properties: {
    version: '17'
    administratorLogin: 'unused'
    administratorLoginPassword: administratorPassword
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Enabled'
      tenantId: tenant().tenantId
    }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: zoneId
      publicNetworkAccess: 'Disabled'
    }
    highAvailability: {
      mode: 'ZoneRedundant'
    }
    backup: {
      backupRetentionDays: 35
      geoRedundantBackup: 'Disabled'
    }
    storage: {
      storageSizeGB: 256
      autoGrow: 'Enabled'
    }
  }

  resource administrators 'administrators' = {
    name: administratorsGroupId
    properties: {
      principalName: administratorsGroupName
      principalType: 'Group'
      tenantId: tenant().tenantId
    }
  }

  resource exchange 'databases' = {
    name: 'exchange'
    properties: {
      charset: 'UTF8'
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: server
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

output host string = server.properties.fullyQualifiedDomainName
