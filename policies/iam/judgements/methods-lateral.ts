/** Methods that act through what exists already and runs under another role. */
import { also, methods, on, requiring } from "./method";

const NODE = ["instance", "managed-instance"] as const;

const MACHINES = methods(
  {
    tier: "lateral",
    fix: "name the machines, or require a tag by `aws:ResourceTag` that the role cannot set itself",
  },
  {
    SSMSendCommand: {
      // Systems Manager User Guide, "Setting up Run Command": a call is checked against the document and against every node
      // it names; the catalogue has the nodes as optional because one kind of them is enough.
      needs: [requiring(on("ssm:SendCommand", ...NODE), "document")],
      gain: "runs commands as root on other machines and reads the credentials of their roles",
    },
    SSMStartSession: {
      // Systems Manager User Guide, "Start a session with a document by specifying the session documents in IAM
      // policies": a call may name no document, and policies over the target alone admit it.
      needs: [requiring(on("ssm:StartSession", ...NODE, "task"))],
      gain: "opens a shell on other machines or tasks and reads the credentials of their roles",
    },
    SSMCreateAssociation: {
      // Service Authorization Reference, "Systems Manager", lists `association` as required since it became a resource
      // type; policies over node and document, which AWS publishes, are older and suffice.
      needs: [requiring(on("ssm:CreateAssociation", ...NODE), "document")],
      gain: "has a document run as root on other machines, again and again",
    },
    SSMUpdateDocument: {
      needs: [on("ssm:UpdateDocument", "document"), on("ssm:UpdateDocumentDefaultVersion", "document")],
      gain: "rewrites a document that runs as root on other machines",
      fix: "name the documents it maintains, and none that runs on stronger machines",
    },
    SSMMaintWindow: {
      needs: [
        on("ssm:RegisterTaskWithMaintenanceWindow", "maintenancewindow"),
        on("ssm:RegisterTargetWithMaintenanceWindow", "maintenancewindow"),
      ],
      gain: "has commands run as root on other machines in a maintenance window",
      fix: "name the maintenance windows, or leave them to what creates them",
    },
    EC2InstanceConnect: {
      needs: [on("ec2-instance-connect:SendSSHPublicKey", "instance")],
      gain: "logs in to other machines by SSH with a key of its own",
    },
    EC2SerialConsole: {
      needs: [on("ec2-instance-connect:SendSerialConsoleSSHPublicKey", "instance")],
      gain: "opens the serial console of other machines with a key of its own",
    },
    EC2UserData: {
      // User data changes only while a machine is stopped, so all three must reach the same one.
      needs: [
        on("ec2:ModifyInstanceAttribute", "instance"),
        on("ec2:StopInstances", "instance"),
        on("ec2:StartInstances", "instance"),
      ],
      gain: "rewrites user data of other machines, which then runs as root",
      fix: "name the machines, or allow only the attributes it changes by `ec2:Attribute`",
    },
    EC2LaunchTemplate: {
      needs: [
        on("ec2:CreateLaunchTemplateVersion", "launch-template"),
        on("ec2:ModifyLaunchTemplate", "launch-template"),
      ],
      gain: "has the next machines of a group boot its own user data under their role",
      fix: "name the launch templates it maintains",
    },
    EC2ReplaceRoot: {
      // Amazon EC2 User Guide, "Replace the root volume for an Amazon EC2 instance": without an image or a snapshot the
      // volume only goes back to its first state; the catalogue has both as optional because one is enough.
      needs: [
        requiring(on("ec2:CreateReplaceRootVolumeTask", "instance"), "replace-root-volume-task", "volume", [
          "image",
          "snapshot",
        ]),
      ],
      gain: "boots other machines from a disk of its own and keeps their role",
    },
    CodeDeployCreateDeployment: {
      needs: [
        on("codedeploy:CreateDeployment", "deploymentgroup"),
        also("codedeploy:GetDeploymentConfig"),
        also("codedeploy:RegisterApplicationRevision"),
      ],
      gain: "has the deployment agent run scripts of its own on other machines",
      fix: "name the deployment groups it deploys to",
    },
    EBSSnapshotRead: {
      needs: [on("ebs:ListSnapshotBlocks", "snapshot"), on("ebs:GetSnapshotBlock", "snapshot")],
      gain: "reads disks of other machines from their snapshots, keys and tokens on them included",
      fix: "name the snapshots, or require a tag by `aws:ResourceTag` that the role cannot set itself",
    },
  },
);

const SERVICES = methods(
  { tier: "lateral", fix: "name the resources it works on, and none that runs under a stronger role" },
  {
    LambdaUpdateCode: {
      needs: [on("lambda:UpdateFunctionCode", "function")],
      gain: "has functions run code of its own under their roles",
    },
    LambdaUpdateConfig: {
      needs: [on("lambda:UpdateFunctionConfiguration", "function")],
      gain: "has functions load a layer of its own under their roles",
    },
    GlueUpdateDevEndpoint: {
      needs: [on("glue:UpdateDevEndpoint", "devendpoint")],
      gain: "logs in to development endpoints of Glue with a key of its own and takes their roles",
    },
    CfnUpdateStack: {
      needs: [on("cloudformation:UpdateStack", "stack")],
      gain: "changes stacks under the stronger role they keep",
    },
    CfnChangeSet: {
      needs: [on("cloudformation:CreateChangeSet", "stack"), on("cloudformation:ExecuteChangeSet", "stack")],
      gain: "changes stacks under the stronger role they keep",
    },
    CodeBuildStartBuild: {
      needs: [on("codebuild:StartBuild", "project")],
      gain: "starts builds with a buildspec of its own under the role of the project",
    },
    CodeBuildStartBatch: {
      needs: [on("codebuild:StartBuildBatch", "project")],
      gain: "starts batches of builds with a buildspec of its own under the role of the project",
    },
    ECSExec: {
      // A call is checked against the cluster and the task, so a limit on either one holds.
      needs: [on("ecs:ExecuteCommand", "cluster"), on("ecs:ExecuteCommand", "task")],
      gain: "runs commands in containers of other tasks and reads the credentials of their roles",
    },
    SMPresigned: {
      needs: [on("sagemaker:CreatePresignedNotebookInstanceUrl", "notebook-instance")],
      gain: "opens notebooks of others and works under their roles",
    },
    SMLifecycle: {
      needs: [
        also("sagemaker:CreateNotebookInstanceLifecycleConfig"),
        on("sagemaker:StopNotebookInstance", "notebook-instance"),
        on("sagemaker:UpdateNotebookInstance", "notebook-instance"),
        on("sagemaker:StartNotebookInstance", "notebook-instance"),
      ],
      gain: "has notebooks run a script of its own at start under their roles",
    },
    AppRunnerUpdate: {
      needs: [on("apprunner:UpdateService", "service")],
      gain: "has services run an image of its own under their roles",
    },
    AgentCoreSession: {
      // The two types are kinds of one thing, of which a call names one; so with browsers.
      needs: [
        requiring(on("bedrock-agentcore:StartCodeInterpreterSession", "code-interpreter", "code-interpreter-custom")),
        requiring(on("bedrock-agentcore:InvokeCodeInterpreter", "code-interpreter", "code-interpreter-custom")),
      ],
      gain: "runs code in a code interpreter under its role",
    },
    AgentCoreRuntimeCmd: {
      needs: [on("bedrock-agentcore:InvokeAgentRuntimeCommand", "runtime")],
      gain: "runs commands in agent runtimes under their roles",
    },
    AgentCoreBrowser: {
      needs: [
        requiring(on("bedrock-agentcore:StartBrowserSession", "browser", "browser-custom")),
        also("bedrock-agentcore:ConnectBrowserAutomationStream"),
      ],
      gain: "drives a browser that runs under a stronger role",
    },
    StepFnUpdate: {
      needs: [on("states:UpdateStateMachine", "statemachine"), on("states:StartExecution", "statemachine")],
      gain: "has state machines call what it likes under their roles",
    },
    BatchSubmitJob: {
      // AWS Batch User Guide, "Resource: Restrict to a job queue": a policy must name queue and definition, and jobs have
      // no name yet; a definition is named with its revision or without.
      needs: [requiring(on("batch:SubmitJob", "job-definition", "job-definition-revision"), "job-queue")],
      gain: "runs a command of its own in a job definition under its role",
    },
    "iam:DeleteUserPermissionsBoundary": {
      needs: [on("iam:DeleteUserPermissionsBoundary", "user")],
      gain: "takes the permissions boundary off a user it holds keys of",
      fix: "leave permissions boundaries to administrators",
    },
  },
);

const ROLES = methods(
  { tier: "assume-role", fix: "name the roles it may assume; `sts:ExternalId` does not narrow which" },
  {
    AssumeRoleStar: {
      needs: [on("sts:AssumeRole", "role")],
      gain: "assumes every role that trusts the account",
    },
  },
);

const TAGS = methods(
  { tier: "tagging", fix: "limit the tags it sets by `aws:TagKeys`, or to creation by `ec2:CreateAction`" },
  {
    ABACSelfTagging: {
      // One of `TAGGING`, whichever sets the tag that a grant asks for.
      needs: [on("ec2:CreateTags", "instance")],
      gain: "gives other resources the tag by which its permissions are narrowed",
    },
  },
);

export const LATERAL_METHODS = [...MACHINES, ...SERVICES, ...ROLES, ...TAGS];
