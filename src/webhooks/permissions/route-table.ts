import { Inject, Injectable, RequestMethod, type HttpServer, type OnApplicationBootstrap } from '@nestjs/common';
import {
  GUARDS_METADATA,
  METHOD_METADATA,
  MODULE_PATH,
  PATH_METADATA,
  VERSION_METADATA,
} from '@nestjs/common/constants';
import { ApplicationConfig, HttpAdapterHost, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { LegacyRouteConverter } from '@nestjs/core/router/legacy-route-converter';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory';
import { REQUIRED_PERMISSIONS } from '../decorators/require-permissions.decorator';
import { SWITCH, type Switch } from '../decorators/switched-on.decorator';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { Route } from './permissions.types';
import { answers, bySpecificity, pathMatcher, pathnameOf, type PathRules } from './route-path';

/** A route and what stands before it. */
export interface GuardedRoute extends Route {
  /** All of them are needed. */
  required: readonly string[];
  /** Classes and instances: those of the application, of the controller and of the method. */
  guards: readonly unknown[];
}

/** A method of a controller that answers requests. */
interface Handler {
  module: object;
  controller: object;
  method: object;
}

type PathParts = Parameters<RoutePathFactory['create']>[0];
type Version = NonNullable<PathParts['controllerVersion']>;
type VersionPart = 'versioningOptions' | 'controllerVersion' | 'methodVersion';

/** `isOn`: whether the options switch it on; it takes its path from routes after it in any case. */
type Matched = GuardedRoute & { isOn: boolean; matches: (path: string) => boolean };

/** The routes of the whole application, the host's included, as Nest reads them from its controllers. */
@Injectable()
export class RouteTable implements OnApplicationBootstrap {
  private routes: readonly Matched[] | undefined;
  private isStarted = false;

  constructor(
    private readonly modules: ModulesContainer,
    private readonly config: ApplicationConfig,
    private readonly reflector: Reflector,
    private readonly adapterHost: HttpAdapterHost,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.isStarted = true;
  }

  /** What the routes require; known before the paths are. */
  requiredPermissions(): Set<string> {
    return new Set([...this.handlers()].flatMap((handler) => this.requiredBy(handler)));
  }

  /** In the order in which the router tries them. */
  list(): readonly GuardedRoute[] {
    if (this.routes !== undefined) return this.routes;
    const routes = this.build();
    // Before the start, a global prefix or a guard may still be added.
    if (this.isStarted) this.routes = routes;
    return routes;
  }

  /** The route that would answer. @param target a path; what follows a `?` does not matter */
  find(method: string, target: string): GuardedRoute | null {
    const first = this.at(target).find((route) => answers(route.method, method));
    return first?.isOn === true ? first : null;
  }

  /** The methods that the path is there for. */
  methodsAt(target: string): string[] {
    const present = this.at(target).filter(({ isOn }) => isOn);
    return [...new Set(present.map(({ method }) => method))];
  }

  private at(target: string): Matched[] {
    const path = pathnameOf(target);
    return (this.list() as readonly Matched[]).filter(({ matches }) => matches(path));
  }

  private build(): readonly Matched[] {
    const rules = this.pathRules();
    const routes = [...this.handlers()].flatMap((handler) => {
      const required = [...new Set(this.requiredBy(handler))];
      const guards = this.guardsOf(handler);
      const isOn = (read(SWITCH, handler.controller) as Switch | undefined)?.(this.options) ?? true;
      const requestMethod = (read(METHOD_METADATA, handler.method) as RequestMethod | undefined) ?? RequestMethod.GET;
      const method = RequestMethod[requestMethod];
      return this.pathsOf(handler, requestMethod).map((path) => {
        // As Nest's adapters do it: `/files/*` becomes `/files/{*path}`.
        const matches = pathMatcher(LegacyRouteConverter.tryConvert(path, { logs: false }), rules);
        return { method, path, required, guards, isOn, matches };
      });
    });
    return this.picksMostSpecific() ? routes.sort((one, other) => bySpecificity(one.path, other.path)) : routes;
  }

  private *handlers(): Generator<Handler> {
    const scanner = new MetadataScanner();
    for (const { metatype: module, controllers } of this.modules.values()) {
      for (const { metatype: controller } of controllers.values()) {
        if (typeof controller !== 'function') continue;
        const prototype = controller.prototype as Record<string, object>;
        for (const name of scanner.getAllMethodNames(prototype)) {
          const method = prototype[name];
          if (method !== undefined && isRoute(method)) yield { module, controller, method };
        }
      }
    }
  }

  /** What the guards read. */
  private requiredBy({ method, controller }: Handler): string[] {
    type Target = Parameters<Reflector['getAllAndMerge']>[1][number];
    return this.reflector.getAllAndMerge<string[]>(REQUIRED_PERMISSIONS, [method, controller] as Target[]);
  }

  private guardsOf({ method, controller }: Handler): unknown[] {
    return [
      ...this.config.getGlobalGuards(),
      ...this.config.getGlobalRequestGuards().map(({ metatype }) => metatype),
      ...guardsIn(controller),
      ...guardsIn(method),
    ];
  }

  /** Every path of a handler: with the global prefix or excluded from it, the module's path and the version in the URI. */
  private pathsOf({ module, controller, method }: Handler, requestMethod: RequestMethod): string[] {
    const factory = new RoutePathFactory(this.config);
    const prefix = this.config.getGlobalPrefix();
    const modulePath = read(MODULE_PATH + this.modules.applicationId, module) ?? read(MODULE_PATH, module);
    const common = {
      ...(prefix === '' ? {} : { globalPrefix: withSlash(prefix) }),
      ...(typeof modulePath === 'string' ? { modulePath } : {}),
      ...this.versionOf(controller, method),
    };
    return pathsIn(controller).flatMap((ctrlPath) =>
      pathsIn(method).flatMap((methodPath) => factory.create({ ...common, ctrlPath, methodPath }, requestMethod)),
    );
  }

  private versionOf(controller: object, method: object): Pick<PathParts, VersionPart> {
    const versioningOptions = this.config.getVersioning();
    if (versioningOptions === undefined) return {};
    const controllerVersion = versionIn(controller) ?? versioningOptions.defaultVersion;
    const methodVersion = versionIn(method);
    return {
      versioningOptions,
      ...(controllerVersion === undefined ? {} : { controllerVersion }),
      ...(methodVersion === undefined ? {} : { methodVersion }),
    };
  }

  private pathRules(): PathRules {
    return this.adapter()?.getRouteMatchingOptions?.() ?? { caseSensitive: false, ignoreTrailingSlash: true };
  }

  /** Express takes the first route that matches, unless Nest sorts them. */
  private picksMostSpecific(): boolean {
    // Not there in the first releases of Nest 12.
    const config: Partial<ApplicationConfig> = this.config;
    if (config.getRouteResolutionStrategy?.() === 'specificity') return true;
    return this.adapter()?.isRouteOrderSensitive?.() === false;
  }

  /** There is none in a process without HTTP. */
  private adapter(): HttpServer | undefined {
    return this.adapterHost.httpAdapter as HttpServer | undefined;
  }
}

const read = (key: string, target: object): unknown => Reflect.getMetadata(key, target);

const isRoute = (method: object): boolean => read(PATH_METADATA, method) !== undefined;

const guardsIn = (target: object): unknown[] => (read(GUARDS_METADATA, target) as unknown[] | undefined) ?? [];

const versionIn = (target: object): Version | undefined => read(VERSION_METADATA, target) as Version | undefined;

/** A decorator may be given one path or several. */
function pathsIn(target: object): string[] {
  const paths = (read(PATH_METADATA, target) as string | string[] | undefined) ?? '';
  return [paths].flat().map(withSlash);
}

const withSlash = (path: string): string =>
  path === '' || path.startsWith('/') || path.startsWith('{/') ? path : `/${path}`;
