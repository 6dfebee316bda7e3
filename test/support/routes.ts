import { RequestMethod } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { REQUIRED_PERMISSIONS } from '../../src/webhooks/decorators/require-permissions.decorator';

/** A route as its controller declares it. */
export interface Route {
  /** `GET /webhook-endpoints/:id` */
  readonly name: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  /** Names of the guards, of the controller and of the method. */
  readonly guards: readonly string[];
  readonly permissions: readonly string[];
  /** The types of its method's parameters: DTOs of body and query among them. */
  readonly inputs: readonly unknown[];
}

const METHODS: Partial<Record<RequestMethod, Route['method']>> = {
  [RequestMethod.GET]: 'get',
  [RequestMethod.POST]: 'post',
  [RequestMethod.PUT]: 'put',
  [RequestMethod.PATCH]: 'patch',
  [RequestMethod.DELETE]: 'delete',
};

/** Every route of every controller of an application, by name: read from it, so that a new one cannot be forgotten. */
export function routesOf(app: NestExpressApplication): Route[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  const routes = controllers.flatMap(({ metatype }) => (typeof metatype === 'function' ? routesIn(metatype) : []));
  return routes.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The same as Express sees it: what it routes, by the same names. */
export function routesOfExpress(app: NestExpressApplication): string[] {
  const express: unknown = app.getHttpAdapter().getInstance();
  const { router } = express as {
    router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
  };
  return router.stack
    .flatMap(({ route }) =>
      route === undefined ? [] : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`),
    )
    .sort();
}

function routesIn(controller: { prototype: unknown }): Route[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const prefix = (metadata(PATH_METADATA, controller) as string | undefined) ?? '';
  return Object.getOwnPropertyNames(prototype).flatMap((key) => {
    const handler = prototype[key];
    if (typeof handler !== 'function') return [];
    const method = METHODS[(metadata(METHOD_METADATA, handler) as RequestMethod | undefined) ?? RequestMethod.ALL];
    if (method === undefined) return [];
    const suffix = (metadata(PATH_METADATA, handler) as string | undefined) ?? '';
    const path = `/${[prefix, suffix]
      .flatMap((part) => part.split('/'))
      .filter(Boolean)
      .join('/')}`;
    const lists = <Item>(name: string): Item[] =>
      [controller, handler].flatMap((target) => (metadata(name, target) as Item[] | undefined) ?? []);
    const guards = lists<{ name: string }>(GUARDS_METADATA).map(({ name }) => name);
    const permissions = lists<string>(REQUIRED_PERMISSIONS);
    const inputs = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, key) ?? []) as unknown[];
    return [{ name: `${method.toUpperCase()} ${path}`, method, path, guards, permissions, inputs }];
  });
}

const metadata = (name: string, target: object): unknown => Reflect.getMetadata(name, target);
